ALTER TYPE "public"."mail_delivery" ADD VALUE 'blocked';--> statement-breakpoint
ALTER TYPE "public"."mail_delivery" ADD VALUE 'spam';--> statement-breakpoint
CREATE TABLE "provider_circuits" (
	"provider" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"opened_at" timestamp with time zone,
	"probe_at" timestamp with time zone
);
--> statement-breakpoint
-- The workers keep how the providers stand; the API may tell it.
GRANT SELECT ON provider_circuits TO casetalk_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON provider_circuits TO casetalk_jobs;
