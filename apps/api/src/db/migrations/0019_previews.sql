CREATE TYPE "public"."preview_state" AS ENUM('none', 'making', 'ready');--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview" "preview_state" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview_tries" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview_id" uuid;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview_size" integer;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "preview_sha256" "bytea";--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "pages" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "files_preview" ON "files" USING btree ("preview_id") WHERE "files"."preview_id" is not null;--> statement-breakpoint
CREATE INDEX "files_to_preview" ON "files" USING btree ("preview_due_at") WHERE "files"."preview" = 'making';--> statement-breakpoint
-- What was kept before there were previews gets one as well.
UPDATE files SET preview = 'making', preview_due_at = now()
  WHERE scan <> 'infected' AND size <= 67108864
    AND media_type IN ('image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'image/tiff');
