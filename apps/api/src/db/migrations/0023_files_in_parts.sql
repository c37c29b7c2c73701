ALTER TABLE "resumable_upload_parts" ALTER COLUMN "upload_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "resumable_upload_parts" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "resumable_upload_parts" ADD CONSTRAINT "resumable_upload_parts_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "resumable_upload_parts_file" ON "resumable_upload_parts" USING btree ("file_id","start");--> statement-breakpoint
ALTER TABLE "resumable_upload_parts" ADD CONSTRAINT "resumable_upload_parts_owner" CHECK (num_nonnulls("resumable_upload_parts"."upload_id", "resumable_upload_parts"."file_id") = 1);--> statement-breakpoint

-- Parts change hands once, from an upload to its file; they go with the one or the other.
GRANT UPDATE (upload_id, file_id) ON resumable_upload_parts TO casetalk_clinician, casetalk_patient;--> statement-breakpoint
REVOKE DELETE ON resumable_upload_parts FROM casetalk_clinician, casetalk_patient;
