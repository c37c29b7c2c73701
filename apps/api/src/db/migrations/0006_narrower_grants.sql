-- Narrower than before: who needs one column gets one column.
-- Joining a talk names its patient on what was written before; nobody rewrites a message.
REVOKE UPDATE ON messages FROM casetalk_clinician;--> statement-breakpoint
GRANT UPDATE (patient_id) ON messages TO casetalk_clinician;--> statement-breakpoint
-- The worker writes to people; it never needs to know a password's hash.
REVOKE SELECT ON clinicians, patients FROM casetalk_jobs;--> statement-breakpoint
GRANT SELECT (id, practice_id, name, email, role, job_title, phone, phone_kind, devices_forgotten_at, disabled_at, created_at)
  ON clinicians TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT (id, name, email, phone, phone_kind, language, terms_version, devices_forgotten_at, disabled_at, created_at)
  ON patients TO casetalk_jobs;--> statement-breakpoint
-- What was needed to send a code is forgotten in time.
GRANT SELECT, DELETE ON code_sends TO casetalk_jobs;--> statement-breakpoint
GRANT DELETE ON deliveries, verifications, password_resets TO casetalk_jobs;--> statement-breakpoint

-- An account that is disabled, by whichever way, is signed out at that moment: its sessions go with the same commit, and
-- every process that holds a stream of it open is told (the payload is what modules/events/event-hub.ts reads).
CREATE FUNCTION end_sessions_of_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  ended uuid[];
begin
  if tg_table_name = 'clinicians' then
    with gone as (delete from sessions where clinician_id = new.id returning id) select array_agg(id) into ended from gone;
  else
    with gone as (delete from sessions where patient_id = new.id returning id) select array_agg(id) into ended from gone;
  end if;
  if ended is not null then
    perform pg_notify('casetalk_events', json_build_array(json_build_object('ended', ended))::text);
  end if;
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER end_sessions AFTER UPDATE OF disabled_at ON clinicians
  FOR EACH ROW WHEN (old.disabled_at IS NULL AND new.disabled_at IS NOT NULL) EXECUTE FUNCTION end_sessions_of_disabled();--> statement-breakpoint
CREATE TRIGGER end_sessions AFTER UPDATE OF disabled_at ON patients
  FOR EACH ROW WHEN (old.disabled_at IS NULL AND new.disabled_at IS NOT NULL) EXECUTE FUNCTION end_sessions_of_disabled();
