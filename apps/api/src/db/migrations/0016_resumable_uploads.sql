CREATE TABLE "resumable_upload_parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"upload_id" uuid NOT NULL,
	"start" bigint NOT NULL,
	"size" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resumable_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_kind" "portal" NOT NULL,
	"owner_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"talk_id" uuid,
	"name" "bytea" NOT NULL,
	"size" bigint NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"upload_key" uuid NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "resumable_upload_parts" ADD CONSTRAINT "resumable_upload_parts_upload_id_resumable_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."resumable_uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resumable_uploads" ADD CONSTRAINT "resumable_uploads_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resumable_uploads" ADD CONSTRAINT "resumable_uploads_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "resumable_upload_parts_start" ON "resumable_upload_parts" USING btree ("upload_id","start");--> statement-breakpoint
CREATE UNIQUE INDEX "resumable_uploads_key" ON "resumable_uploads" USING btree ("owner_id","upload_key");--> statement-breakpoint
CREATE INDEX "resumable_uploads_expiry" ON "resumable_uploads" USING btree ("expires_at");--> statement-breakpoint

-- An upload is its owner's alone until the file is whole: not even the other person of the talk knows of it.
ALTER TABLE resumable_uploads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON resumable_uploads TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
GRANT UPDATE (received, finished_at) ON resumable_uploads TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
CREATE POLICY clinician_own ON resumable_uploads TO casetalk_clinician
  USING (owner_kind = 'clinician' AND owner_id = (select app_viewer()))
  WITH CHECK (owner_kind = 'clinician' AND owner_id = (select app_viewer()));--> statement-breakpoint
CREATE POLICY patient_own ON resumable_uploads TO casetalk_patient
  USING (owner_kind = 'patient' AND owner_id = (select app_viewer()))
  WITH CHECK (owner_kind = 'patient' AND owner_id = (select app_viewer()));--> statement-breakpoint
-- The worker forgets those whose time is over, and sees no other.
GRANT SELECT (id, expires_at), DELETE ON resumable_uploads TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_expired ON resumable_uploads TO casetalk_jobs USING (expires_at < now());--> statement-breakpoint
-- Keys of the file store and figures, as in files: what belongs to whom stands in the upload.
GRANT SELECT, INSERT, DELETE ON resumable_upload_parts TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
GRANT SELECT ON resumable_upload_parts TO casetalk_app, casetalk_jobs;
