-- Who may touch what. The roles themselves are made by db/roles.ts, because roles belong to the server, not to one database.
--   casetalk_app        the API's login: sees no private row by itself
--   casetalk_clinician  what the API becomes, for one transaction, while it acts for a clinician
--   casetalk_patient    the same for a patient
--   casetalk_jobs       the worker's login: may see when a notice is due, never what was said
-- One policy for each role instead of OR: the planner then uses the index on the owner's own column.
REVOKE ALL ON SCHEMA public FROM PUBLIC;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO casetalk_app, casetalk_clinician, casetalk_patient, casetalk_jobs;--> statement-breakpoint

-- The person for whom this transaction acts; null outside one, so that every policy then says no.
CREATE FUNCTION app_viewer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ select nullif(current_setting('app.viewer', true), '')::uuid $$;--> statement-breakpoint

-- A clinician sees a case as its member, or as case manager of a practice of which a doctor is a member.
CREATE FUNCTION app_sees_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$
    select exists (select from case_members m where m.case_id = wanted and m.clinician_id = app_viewer())
      or exists (
        select from clinicians manager
        join clinicians doctor on doctor.practice_id = manager.practice_id and doctor.role = 'doctor'
        join case_members m on m.clinician_id = doctor.id and m.case_id = wanted
        where manager.id = app_viewer() and manager.role = 'caseManager')
  $$;--> statement-breakpoint

-- What is not private in itself: guarded by the repositories.
GRANT SELECT, INSERT, UPDATE ON practices, clinicians, patients, sign_in_failures, terms_acceptances, cases,
  invitations, registrations, password_resets, verifications, code_sends, deliveries, files, idempotency_keys,
  rate_counters TO casetalk_app, casetalk_clinician, casetalk_patient;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, case_members TO casetalk_app, casetalk_clinician, casetalk_patient;--> statement-breakpoint
GRANT DELETE ON files, sign_in_failures TO casetalk_app, casetalk_clinician, casetalk_patient;--> statement-breakpoint
-- Audit is only ever added to.
GRANT INSERT ON audit_events TO casetalk_app, casetalk_clinician, casetalk_patient, casetalk_jobs;--> statement-breakpoint

ALTER TABLE talks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE talk_read_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE case_attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE doctor_talk_messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE doctor_talk_read_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint

-- Talks and what is in them: the clinician's side may also let the patient in (set patient_id).
GRANT SELECT, INSERT, UPDATE ON talks, messages, attachments, talk_read_states TO casetalk_clinician;--> statement-breakpoint
GRANT DELETE ON attachments TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own ON talks TO casetalk_clinician
  USING (clinician_id = (select app_viewer())) WITH CHECK (clinician_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY clinician_own ON messages TO casetalk_clinician
  USING (clinician_id = (select app_viewer())) WITH CHECK (clinician_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY clinician_own ON attachments TO casetalk_clinician
  USING (clinician_id = (select app_viewer()) AND (message_id IS NOT NULL OR uploader = 'clinician'))
  WITH CHECK (clinician_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY clinician_own ON talk_read_states TO casetalk_clinician
  USING (clinician_id = (select app_viewer())) WITH CHECK (clinician_id = (select app_viewer()));--> statement-breakpoint

GRANT SELECT, UPDATE ON talks TO casetalk_patient;--> statement-breakpoint
GRANT SELECT, INSERT ON messages TO casetalk_patient;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON attachments, talk_read_states TO casetalk_patient;--> statement-breakpoint
CREATE POLICY patient_own ON talks TO casetalk_patient
  USING (patient_id = (select app_viewer())) WITH CHECK (patient_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON messages TO casetalk_patient
  USING (patient_id = (select app_viewer())) WITH CHECK (patient_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON attachments TO casetalk_patient
  USING (patient_id = (select app_viewer()) AND (message_id IS NOT NULL OR uploader = 'patient'))
  WITH CHECK (patient_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON talk_read_states TO casetalk_patient
  USING (patient_id = (select app_viewer())) WITH CHECK (patient_id = (select app_viewer()));--> statement-breakpoint

-- What everyone on a case shares.
GRANT SELECT, INSERT, UPDATE ON case_attachments, doctor_talk_read_states TO casetalk_clinician;--> statement-breakpoint
GRANT SELECT, INSERT ON doctor_talk_messages TO casetalk_clinician;--> statement-breakpoint
CREATE POLICY case_member ON case_attachments TO casetalk_clinician
  USING (app_sees_case(case_id)) WITH CHECK (app_sees_case(case_id));--> statement-breakpoint
-- A member is known by one look at an index; the function, which costs far more for each row, is asked for others alone.
CREATE POLICY case_member ON doctor_talk_messages TO casetalk_clinician
  USING (exists (select from case_members m where m.case_id = doctor_talk_messages.case_id and m.clinician_id = (select app_viewer()))
    OR app_sees_case(case_id)) WITH CHECK (app_sees_case(case_id) AND sender_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY own_mark ON doctor_talk_read_states TO casetalk_clinician
  USING (clinician_id = (select app_viewer()))
  WITH CHECK (clinician_id = (select app_viewer()) AND app_sees_case(case_id));--> statement-breakpoint
-- The patient may know which of the files of their own talks are shared with the case, and nothing else of it.
GRANT SELECT ON case_attachments TO casetalk_patient;--> statement-breakpoint
CREATE POLICY patient_shared ON case_attachments FOR SELECT TO casetalk_patient
  USING (EXISTS (select from attachments a where a.file_id = case_attachments.file_id and a.patient_id = (select app_viewer())));--> statement-breakpoint

-- The worker: enough to send mail, texts, calls and notices.
GRANT SELECT ON practices, clinicians, patients, cases, case_members TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT, UPDATE ON invitations, verifications, password_resets, registrations, deliveries TO casetalk_jobs;--> statement-breakpoint
GRANT INSERT ON deliveries TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT, DELETE ON sessions, rate_counters, idempotency_keys, sign_in_failures TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT (id, case_id, clinician_id, patient_id, clinician_unread, patient_unread, clinician_notice_due_at, patient_notice_due_at),
  UPDATE (clinician_notice_due_at, patient_notice_due_at) ON talks TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_notices ON talks TO casetalk_jobs USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT (id, file_id, message_id, created_at), DELETE ON attachments TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_abandoned ON attachments TO casetalk_jobs USING (message_id IS NULL);--> statement-breakpoint
GRANT SELECT (id, created_at), DELETE ON files TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT (file_id) ON case_attachments TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_references ON case_attachments FOR SELECT TO casetalk_jobs USING (true);
