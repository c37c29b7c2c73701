CREATE TABLE "unread_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"reader" "portal" NOT NULL,
	"unread_since" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"mailed_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	CONSTRAINT "unread_tasks_one_per_reader" UNIQUE("talk_id","reader")
);
--> statement-breakpoint
ALTER TABLE "unread_tasks" ADD CONSTRAINT "unread_tasks_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_tasks" ADD CONSTRAINT "unread_tasks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_tasks" ADD CONSTRAINT "unread_tasks_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unread_tasks_clinician" ON "unread_tasks" USING btree ("clinician_id","due_at");--> statement-breakpoint
CREATE INDEX "unread_tasks_due" ON "unread_tasks" USING btree ("due_at") WHERE "unread_tasks"."mailed_at" is null and "unread_tasks"."done_at" is null;--> statement-breakpoint
-- A task tells of a private talk: its clinician's alone. The worker notes what is unread, and learns how far was read.
ALTER TABLE unread_tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, UPDATE (done_at) ON unread_tasks TO casetalk_clinician;--> statement-breakpoint
CREATE POLICY clinician_own ON unread_tasks TO casetalk_clinician
  USING (clinician_id = (select app_viewer())) WITH CHECK (clinician_id = (select app_viewer()));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON unread_tasks TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_tasks ON unread_tasks TO casetalk_jobs USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT (talk_id, reader, read_up_to) ON talk_read_states TO casetalk_jobs;--> statement-breakpoint
CREATE POLICY jobs_tasks ON talk_read_states FOR SELECT TO casetalk_jobs USING (true);
