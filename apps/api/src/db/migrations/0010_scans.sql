ALTER TABLE "files" ADD COLUMN "scan_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "uploader_kind" "portal";--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "uploader_id" uuid;--> statement-breakpoint
CREATE INDEX "files_to_scan" ON "files" USING btree ("scan_due_at") WHERE "files"."scan" = 'checking';