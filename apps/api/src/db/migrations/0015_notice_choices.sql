CREATE TYPE "public"."notice_channel" AS ENUM('email', 'text', 'none');--> statement-breakpoint
CREATE TABLE "notice_choices" (
	"person_kind" "portal" NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" "notice_channel" NOT NULL,
	"quiet_from" time(0),
	"quiet_to" time(0),
	"time_zone" text,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_choices_person_kind_person_id_pk" PRIMARY KEY("person_kind","person_id"),
	CONSTRAINT "notice_choices_quiet" CHECK (num_nonnulls("notice_choices"."quiet_from", "notice_choices"."quiet_to", "notice_choices"."time_zone") in (0, 3))
);
--> statement-breakpoint
-- What somebody chose is their own; the worker goes by it.
ALTER TABLE notice_choices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON notice_choices TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own ON notice_choices TO casetalk_clinician
  USING (person_kind = 'clinician' AND person_id = (select app_viewer()))
  WITH CHECK (person_kind = 'clinician' AND person_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON notice_choices TO casetalk_patient
  USING (person_kind = 'patient' AND person_id = (select app_viewer()))
  WITH CHECK (person_kind = 'patient' AND person_id = (select app_viewer()));--> statement-breakpoint
GRANT SELECT ON notice_choices TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_choices ON notice_choices FOR SELECT TO casetalk_jobs USING (true);--> statement-breakpoint
-- Whether it is somebody's quiet hours now. A zone that this server has forgotten must not hold up everybody's notices.
CREATE FUNCTION app_is_quiet(kind portal, person uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
declare
  chosen notice_choices;
  here time;
begin
  select * into chosen from notice_choices n where n.person_kind = kind and n.person_id = person;
  if chosen.quiet_from is null then return false; end if;
  here := (now() at time zone chosen.time_zone)::time;
  if chosen.quiet_from < chosen.quiet_to then return here >= chosen.quiet_from and here < chosen.quiet_to; end if;
  return here >= chosen.quiet_from or here < chosen.quiet_to;
exception when invalid_parameter_value then
  return false;
end $$;
