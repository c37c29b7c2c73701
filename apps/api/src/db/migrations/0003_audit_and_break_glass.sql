-- A row's place in the chain of the audit. Transaction ids only grow, but another server, to which a database is restored,
-- counts anew: what is added here keeps the order going, and migrating sets it.
CREATE FUNCTION app_audit_offset() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ select 0::bigint $$;--> statement-breakpoint
CREATE FUNCTION app_audit_order() RETURNS bigint LANGUAGE sql STABLE
  AS $$ select pg_current_xact_id()::text::bigint + app_audit_offset() $$;--> statement-breakpoint
CREATE TABLE "break_glass_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"administrator_id" uuid NOT NULL,
	"practice_id" uuid NOT NULL,
	"talk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"number" bigint PRIMARY KEY NOT NULL,
	"last_tx" bigint NOT NULL,
	"last_id" uuid NOT NULL,
	"rows" bigint NOT NULL,
	"links" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "audit_events_resource";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "grant_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "tx" bigint DEFAULT app_audit_order() NOT NULL;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_administrator_id_clinicians_id_fk" FOREIGN KEY ("administrator_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_ended_by_clinicians_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "break_glass_grants_talk" ON "break_glass_grants" USING btree ("talk_id","started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "break_glass_grants_practice" ON "break_glass_grants" USING btree ("practice_id","started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_events_access" ON "audit_events" USING btree ("talk_id","at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE action in ('talk.viewed', 'talk.read', 'attachment.downloaded', 'attachment.shared', 'attachment.unshared', 'breakGlass.started', 'breakGlass.ended');--> statement-breakpoint
CREATE INDEX "audit_events_case_downloads" ON "audit_events" USING btree ("resource_id","at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE action = 'caseAttachment.downloaded';--> statement-breakpoint
CREATE INDEX "audit_events_order" ON "audit_events" USING brin ("tx") WITH (pages_per_range=16,autosummarize=true);--> statement-breakpoint

-- The audit: everyone who acts adds to it, the sealer reads it, nobody changes it.
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT INSERT ON audit_events TO casetalk_break_glass;--> statement-breakpoint
GRANT SELECT ON audit_events TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT, INSERT ON audit_seals TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY append ON audit_events FOR INSERT
  TO casetalk_app, casetalk_clinician, casetalk_patient, casetalk_break_glass, casetalk_jobs WITH CHECK (true);--> statement-breakpoint
CREATE POLICY sealer ON audit_events FOR SELECT TO casetalk_jobs USING (true);--> statement-breakpoint

-- A talk's two people may know who saw what of it: never an address, never what else somebody did. A file that the other
-- one has not sent yet is not there for them.
GRANT SELECT (id, at, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, grant_id)
  ON audit_events TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own_talk ON audit_events FOR SELECT TO casetalk_clinician
  USING (action IN ('talk.viewed', 'talk.read', 'attachment.downloaded', 'attachment.shared', 'attachment.unshared', 'breakGlass.started', 'breakGlass.ended')
    AND EXISTS (select from talks t where t.id = audit_events.talk_id and t.clinician_id = (select app_viewer()))
    AND (resource_type <> 'attachment' OR EXISTS (select from attachments a where a.id = audit_events.resource_id)));--> statement-breakpoint
CREATE POLICY patient_own_talk ON audit_events FOR SELECT TO casetalk_patient
  USING (action IN ('talk.viewed', 'talk.read', 'attachment.downloaded', 'attachment.shared', 'attachment.unshared', 'breakGlass.started', 'breakGlass.ended')
    AND EXISTS (select from talks t where t.id = audit_events.talk_id and t.patient_id = (select app_viewer()))
    AND (resource_type <> 'attachment' OR EXISTS (select from attachments a where a.id = audit_events.resource_id)));--> statement-breakpoint
-- What was shared out of the talk leaves its traces on the case.
CREATE POLICY clinician_shared_file ON audit_events FOR SELECT TO casetalk_clinician
  USING (action = 'caseAttachment.downloaded' AND EXISTS (
    select from case_attachments ca join attachments a on a.case_id = ca.case_id and a.file_id = ca.file_id
    where ca.id = audit_events.resource_id and ca.origin = 'patientTalk' and a.clinician_id = (select app_viewer())));--> statement-breakpoint
CREATE POLICY patient_shared_file ON audit_events FOR SELECT TO casetalk_patient
  USING (action = 'caseAttachment.downloaded' AND EXISTS (
    select from case_attachments ca join attachments a on a.case_id = ca.case_id and a.file_id = ca.file_id
    where ca.id = audit_events.resource_id and ca.origin = 'patientTalk' and a.patient_id = (select app_viewer())));--> statement-breakpoint

-- Emergency access has a role of its own: no policy of the two people's knows of it. It reads, and writes no word.
GRANT USAGE ON SCHEMA public TO casetalk_break_glass;--> statement-breakpoint
CREATE FUNCTION app_administers(wanted uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ select exists (select from clinicians c where c.id = app_viewer() and c.practice_id = wanted
    and c.role = 'administrator' and c.disabled_at is null) $$;--> statement-breakpoint
ALTER TABLE break_glass_grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON break_glass_grants TO casetalk_break_glass;--> statement-breakpoint
CREATE POLICY practice_reads ON break_glass_grants FOR SELECT TO casetalk_break_glass
  USING (app_administers(practice_id));--> statement-breakpoint
CREATE POLICY own_start ON break_glass_grants FOR INSERT TO casetalk_break_glass
  WITH CHECK (administrator_id = (select app_viewer()) AND app_administers(practice_id) AND ended_at IS NULL
    AND started_at = now() AND expires_at <= now() + interval '60 minutes'
    AND EXISTS (select from clinicians c where c.id = break_glass_grants.clinician_id
      and c.practice_id = break_glass_grants.practice_id));--> statement-breakpoint
CREATE POLICY practice_ends ON break_glass_grants FOR UPDATE TO casetalk_break_glass
  USING (app_administers(practice_id) AND ended_at IS NULL)
  WITH CHECK (app_administers(practice_id) AND ended_at = now() AND ended_by = (select app_viewer()));--> statement-breakpoint
-- The two people of the talk know of every one.
GRANT SELECT ON break_glass_grants TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own_talk ON break_glass_grants FOR SELECT TO casetalk_clinician
  USING (clinician_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own_talk ON break_glass_grants FOR SELECT TO casetalk_patient
  USING (EXISTS (select from talks t where t.id = break_glass_grants.talk_id and t.patient_id = (select app_viewer())));--> statement-breakpoint
-- The worker tells the two people, and does not know why it was asked for.
GRANT SELECT (id, talk_id, clinician_id) ON break_glass_grants TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_notices ON break_glass_grants FOR SELECT TO casetalk_jobs USING (true);--> statement-breakpoint

-- What a live grant opens.
GRANT SELECT ON talks, messages, attachments, case_attachments, talk_read_states, files, cases, clinicians, practices
  TO casetalk_break_glass;--> statement-breakpoint
GRANT SELECT (id, name) ON patients TO casetalk_break_glass;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO casetalk_break_glass;--> statement-breakpoint
CREATE POLICY live_grant ON talks FOR SELECT TO casetalk_break_glass
  USING (id IN (select g.talk_id from break_glass_grants g
    where g.administrator_id = (select app_viewer()) and g.ended_at is null and g.expires_at > now()));--> statement-breakpoint
CREATE POLICY live_grant ON messages FOR SELECT TO casetalk_break_glass
  USING (talk_id IN (select g.talk_id from break_glass_grants g
    where g.administrator_id = (select app_viewer()) and g.ended_at is null and g.expires_at > now()));--> statement-breakpoint
CREATE POLICY live_grant ON attachments FOR SELECT TO casetalk_break_glass
  USING (message_id IS NOT NULL AND talk_id IN (select g.talk_id from break_glass_grants g
    where g.administrator_id = (select app_viewer()) and g.ended_at is null and g.expires_at > now()));
