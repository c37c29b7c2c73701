import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A body of JSON is small: whoever needs longer, in milliseconds, holds a connection for its own sake. */
const bodyTime = 30_000;
/** An upload may take hours, but not slower than this many bytes in each span of milliseconds. */
const uploadSpan = 30_000;
const uploadFloor = 16 * 1024 * (uploadSpan / 1000);
/** How long the rest of a refused body is read and thrown away, so that the sender gets to see the answer. */
const lingerTime = 5000;

/**
 * Ends connections whose body comes too slowly. It stands in for the server's own `requestTimeout`, which is one figure
 * for messages of a few bytes and files of half a gigabyte and must be off.
 */
export function useBodyPace(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!hasBody(request)) return;
    const { socket } = request.raw;
    const { transfer } = request.routeOptions.config;
    const isFile = transfer === 'upload' || transfer === 'append';
    const stop = isFile ? paceUpload(request) : limitBody(request);
    request.raw.once('end', stop);
    socket.once('close', stop);
    request.raw.once('close', () => socket.off('close', stop));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.raw.complete || !hasBody(request)) return payload;
    // Node hangs up right after an answer that ends the connection, and whoever still sends never gets to read it
    // (RFC 9112, section 9.6). Here the connection ends below instead.
    reply.removeHeader('connection');
    reply.raw.shouldKeepAlive = true;
    return payload;
  });
  app.addHook('onResponse', async (request) => {
    const { raw } = request;
    if (!hasBody(request)) return;
    const hangUpIfAsked = (): void => {
      if (raw.headers.connection === 'close') raw.socket.destroySoon();
    };
    // The body may have ended by itself since it was refused.
    if (raw.complete) return hangUpIfAsked();
    const cut = setTimeout(() => raw.socket.destroy(), lingerTime).unref();
    raw.once('end', () => {
      clearTimeout(cut);
      hangUpIfAsked();
    });
    // Half a body may still be on its way to a parser that was given up.
    raw.unpipe();
    raw.resume();
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

function limitBody({ raw }: FastifyRequest): () => void {
  const late = setTimeout(() => raw.socket.destroy(), bodyTime).unref();
  return () => clearTimeout(late);
}

function paceUpload({ raw }: FastifyRequest): () => void {
  let before = raw.socket.bytesRead;
  const look = setInterval(() => {
    const now = raw.socket.bytesRead;
    if (now - before < uploadFloor) raw.socket.destroy();
    before = now;
  }, uploadSpan).unref();
  return () => clearInterval(look);
}
