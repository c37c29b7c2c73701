CREATE TABLE "invitation_reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invitation_id" uuid NOT NULL,
	"link_number" integer NOT NULL,
	"number" integer NOT NULL,
	"token_hash" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminders_stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "sends_reminders" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "invitation_reminders" ADD CONSTRAINT "invitation_reminders_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_reminders_once" ON "invitation_reminders" USING btree ("invitation_id","link_number","number");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_reminders_token" ON "invitation_reminders" USING btree ("token_hash");
--> statement-breakpoint
-- The worker makes reminders; the API knows whose link one carries.
GRANT SELECT ON invitation_reminders TO casetalk_app, casetalk_clinician, casetalk_patient;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON invitation_reminders TO casetalk_jobs;
