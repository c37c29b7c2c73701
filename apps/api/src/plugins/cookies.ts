import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Portal } from '@casetalk/contract';
import type { FastifyReply } from 'fastify';

/**
 * `__Host-` binds a cookie to this host over TLS (RFC 6265bis §4.1.3.2). Cookies ignore ports, so each portal's cookies
 * have names of their own: on one machine both portals share a jar.
 */
export const sessionCookie = (portal: Portal): string => `__Host-casetalk-${portal}`;
export const registrationCookie = '__Host-casetalk-registration';
export const passwordResetCookie = (portal: Portal): string => `__Host-casetalk-${portal}-reset`;

/** Of a sign-in whose password was right: opens the steps of the second factor and nothing else. */
export const signInCookie = (portal: Portal): string => `__Host-casetalk-${portal}-sign-in`;

/** Outlives the session: tells that the account was signed in to in this browser before, and opens nothing. */
export const deviceCookie = (portal: Portal): string => `__Host-casetalk-${portal}-device`;

const options: CookieSerializeOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' };

/** Cookies that are set have no age: they end with the browser, and the server decides before that. */
export const cookies = {
  set: (reply: FastifyReply, name: string, value: string): FastifyReply =>
    reply.setCookie(name, value, options),
  /** @param maxAge seconds */
  keep: (reply: FastifyReply, name: string, value: string, maxAge: number): FastifyReply =>
    reply.setCookie(name, value, { ...options, maxAge }),
  clear: (reply: FastifyReply, name: string): FastifyReply => reply.clearCookie(name, options),
};
