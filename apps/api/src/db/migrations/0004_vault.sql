CREATE TABLE "data_keys" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"owner_kind" text NOT NULL,
	"vault_key_id" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wrapped_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"key_check" "bytea" NOT NULL,
	"is_current" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "key_owner_id" uuid;--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_vault_key_id_vault_keys_id_fk" FOREIGN KEY ("vault_key_id") REFERENCES "public"."vault_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_keys_vault_key" ON "data_keys" USING btree ("vault_key_id");--> statement-breakpoint
CREATE UNIQUE INDEX "vault_keys_one_current" ON "vault_keys" USING btree ("is_current") WHERE "vault_keys"."is_current";--> statement-breakpoint
-- The API's login alone, and only while it acts for nobody: what runs as a clinician or a patient sees no key, wrapped or not.
GRANT SELECT, INSERT ON vault_keys, data_keys TO casetalk_app;
