import cookie from '@fastify/cookie';
import { fastifySSE } from '@fastify/sse';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Registry } from 'prom-client';
import type { Dependencies } from './dependencies.ts';
import { standardOutput } from './log-output.ts';
import { useHttpMetrics } from './metrics/http-metrics.ts';
import { meterReadiness } from './metrics/readiness-metrics.ts';
import { accessEventsModule } from './modules/access-events/index.ts';
import { attachmentsModule } from './modules/attachments/index.ts';
import { breakGlassModule } from './modules/break-glass/index.ts';
import { casesModule } from './modules/cases/index.ts';
import { contactChangesModule } from './modules/contact-changes/index.ts';
import { doctorTalkModule } from './modules/doctor-talk/index.ts';
import { draftsModule } from './modules/drafts/index.ts';
import { eventRoutes } from './modules/events/index.ts';
import { invitationsModule } from './modules/invitations/index.ts';
import { noticeChoicesModule } from './modules/notice-choices/index.ts';
import { passwordResetsModule } from './modules/password-resets/index.ts';
import { peopleModule, peopleRepository } from './modules/people/index.ts';
import { practicesModule } from './modules/practices/index.ts';
import { registrationsModule } from './modules/registrations/index.ts';
import { secondFactorsModule } from './modules/second-factors/index.ts';
import { sessionsModule } from './modules/sessions/index.ts';
import { talksModule } from './modules/talks/index.ts';
import { tasksModule } from './modules/tasks/index.ts';
import { currentTermsVersion, termsModule } from './modules/terms/index.ts';
import { unsubscriptionsModule } from './modules/unsubscriptions/index.ts';
import { createVerificationService } from './modules/verifications/index.ts';
import { webhooksModule } from './modules/webhooks/index.ts';
import { useAuthentication } from './plugins/authentication.ts';
import { useBodyPace } from './plugins/body-pace.ts';
import { useClosing } from './plugins/closing.ts';
import { useContract } from './plugins/contract-routes.ts';
import { useDocs } from './plugins/docs.ts';
import { useHealth } from './plugins/health.ts';
import { useMultipart } from './plugins/multipart.ts';
import { useProblems } from './plugins/problems.ts';
import { useRateLimit } from './plugins/rate-limit.ts';
import { useSameSite } from './plugins/same-site.ts';
import { useSecurityHeaders } from './plugins/security-headers.ts';
import { useFastSerializer } from './plugins/serializer.ts';
import { createReadiness } from './readiness/readiness.ts';
import type { Tracing } from './tracing/open-tracing.ts';

/**
 * Builds the API: plugins first, then modules, in an order that is written out. Listens nowhere by itself.
 * Figures of time are milliseconds, of size bytes.
 * @param metrics where what is measured goes; nothing is measured without it
 * @param tracing nothing is traced without it
 */
export async function buildApp(
  deps: Dependencies,
  metrics?: Registry,
  tracing?: Tracing,
): Promise<FastifyInstance> {
  const { settings } = deps;
  const app = Fastify({
    trustProxy: settings.TRUSTED_PROXIES,
    bodyLimit: 64 * 1024,
    // One figure for a message and for half a gigabyte: body-pace.ts knows better.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 5000, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    logController: new LogController({ disableRequestLogging: true }),
    // closing.ts says it as a problem.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    logger: {
      level: settings.LOG_LEVEL,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
      stream: standardOutput,
    },
    genReqId: () => crypto.randomUUID(),
  });
  app.server.maxConnections = 20_000;
  app.removeContentTypeParser('text/plain');

  useProblems(app);
  useContract(app);
  useFastSerializer(app);
  tracing?.requests(app);
  if (metrics) useHttpMetrics(app, metrics, deps);
  useSecurityHeaders(app);
  const closing = useClosing(app);
  const look = createReadiness(deps);
  if (metrics) meterReadiness(metrics, look);
  useHealth(app, { settings, look, closing });
  useBodyPace(app);
  useSameSite(app, [settings.PUBLIC_API_URL, settings.PUBLIC_CLINICIAN_URL, settings.PUBLIC_PATIENT_URL]);
  await app.register(cookie);
  await useMultipart(app);
  await app.register(fastifySSE, { heartbeatInterval: 25_000 });

  const sessions = sessionsModule(
    {
      ...deps,
      credentialByEmail: peopleRepository.credentialByEmail,
      renewHash: peopleRepository.renewHash,
      me: (tx, person) => people.me(tx, person),
      forgetDevices: peopleRepository.forgetDevices,
      startSignIn: (tx, owner, device) => secondFactors.startSignIn(tx, owner, device),
      endSignIns: (tx, owner) => secondFactors.endSignIns(tx, owner),
    },
    app.log,
  );
  const people = peopleModule({
    ...deps,
    termsVersion: currentTermsVersion,
    claimPasswordTry: sessions.claimPasswordTry,
    requireFresh: sessions.requireFresh,
    endSessions: sessions.endAll,
  });

  const verifications = createVerificationService(deps);
  const secondFactors = secondFactorsModule({
    ...deps,
    verifications,
    claimPasswordTry: sessions.claimPasswordTry,
    claimFactorTry: sessions.claimFactorTry,
    beginSession: (tx, session) => sessions.begin(tx, { ...session, factorProved: true }),
    welcome: sessions.welcome,
    freshness: sessions.freshness,
    requireFresh: sessions.requireFresh,
    confirm: sessions.confirm,
    startAnew: sessions.startAnew,
  });
  const registrations = registrationsModule({
    ...deps,
    verifications,
    patientOf: (token) => sessions.resolve('patient', token, true),
    rememberDevice: sessions.rememberDevice,
  });
  const passwordResets = passwordResetsModule({
    ...deps,
    verifications,
    personalWords: people.personalWords,
    endAllSessions: sessions.startOver,
    rememberDevice: sessions.rememberDevice,
  });

  useAuthentication(app, {
    session: sessions.resolve,
    registration: registrations.resolveActor,
    passwordReset: passwordResets.resolveActor,
    signIn: secondFactors.resolveActor,
    termsVersion: currentTermsVersion,
  });
  await useRateLimit(app);

  sessions.routes(app);
  secondFactors.routes(app);
  contactChangesModule({
    ...deps,
    verifications,
    requireFresh: sessions.requireFresh,
    me: people.me,
  }).routes(app);
  people.routes(app, (flow) =>
    flow.kind === 'registration' ? registrations.personalWords(flow) : passwordResets.personalWords(flow),
  );
  termsModule(deps).routes(app);
  casesModule(deps).routes(app);
  invitationsModule(deps).routes(app);
  registrations.routes(app);
  passwordResets.routes(app);
  webhooksModule(deps).routes(app);
  const drafts = draftsModule(deps);
  drafts.routes(app);
  const talks = talksModule({ ...deps, drafts: drafts.keeping });
  talks.routes(app);
  doctorTalkModule({ ...deps, drafts: drafts.keeping }).routes(app);
  const attachments = attachmentsModule(deps, app.log, sessions.aliveAmong, metrics);
  attachments.routes(app);
  noticeChoicesModule(deps).routes(app);
  unsubscriptionsModule(deps).routes(app);
  practicesModule(deps).routes(app);
  tasksModule(deps).routes(app);
  accessEventsModule(deps).routes(app);
  breakGlassModule({
    ...deps,
    requireFresh: sessions.requireFresh,
    messagesByGrant: talks.messagesByGrant,
    sendByGrant: attachments.sendByGrant,
  }).routes(app);
  eventRoutes(app, { events: deps.events, aliveAmong: sessions.aliveAmong });
  useDocs(app);
  return app;
}
