CREATE TABLE "drafts" (
	"owner_id" uuid NOT NULL,
	"owner_kind" text NOT NULL,
	"case_id" uuid NOT NULL,
	"person_kind" "portal" NOT NULL,
	"person_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"body" "bytea",
	"version" integer NOT NULL,
	"writer" uuid,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_person_id_owner_id_pk" PRIMARY KEY("person_id","owner_id")
);
--> statement-breakpoint
-- A draft is its writer's alone: not even the other person of the talk sees it, and no emergency opens it.
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own ON drafts TO casetalk_clinician
  USING (person_kind = 'clinician' AND person_id = (select app_viewer()))
  WITH CHECK (person_kind = 'clinician' AND person_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON drafts TO casetalk_patient
  USING (person_kind = 'patient' AND person_id = (select app_viewer()))
  WITH CHECK (person_kind = 'patient' AND person_id = (select app_viewer()));--> statement-breakpoint
-- The worker forgets what nobody came back for, and sees no words.
GRANT SELECT (saved_at), DELETE ON drafts TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_forgotten ON drafts TO casetalk_jobs USING (saved_at < now() - interval '30 days');
