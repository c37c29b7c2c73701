ALTER TABLE "messages" DROP CONSTRAINT "messages_talk_id_talks_id_fk";
--> statement-breakpoint
DROP INDEX "talks_clinician_notice";--> statement-breakpoint
DROP INDEX "talks_patient_notice";--> statement-breakpoint
DROP INDEX "messages_send_key";--> statement-breakpoint
DROP INDEX "talks_clinician";--> statement-breakpoint
DROP INDEX "talks_patient";--> statement-breakpoint
CREATE INDEX "talks_notice" ON "talks" USING brin ("clinician_notice_due_at","patient_notice_due_at") WITH (pages_per_range=32);--> statement-breakpoint
CREATE UNIQUE INDEX "messages_send_key" ON "messages" USING btree ("send_key","talk_id","sender");--> statement-breakpoint
CREATE INDEX "talks_clinician" ON "talks" USING btree ("clinician_id");--> statement-breakpoint
CREATE INDEX "talks_patient" ON "talks" USING btree ("patient_id");--> statement-breakpoint
-- Room on each page for the next version of a talk: an update in place needs some.
ALTER TABLE "talks" SET (fillfactor = 80);
