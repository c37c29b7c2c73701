CREATE TABLE "authenticators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"portal" "portal" NOT NULL,
	"clinician_id" uuid,
	"patient_id" uuid,
	"sealed_secret" "bytea" NOT NULL,
	"last_step" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "authenticators_person" CHECK (("authenticators"."portal" = 'clinician' and "authenticators"."clinician_id" is not null and "authenticators"."patient_id" is null)
      or ("authenticators"."portal" = 'patient' and "authenticators"."patient_id" is not null and "authenticators"."clinician_id" is null))
);
--> statement-breakpoint
CREATE TABLE "contact_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"phone" text,
	"phone_kind" "phone_kind",
	"email" text,
	"old_email" text,
	"token_hash" "bytea",
	"code_tries_used" integer DEFAULT 0 NOT NULL,
	"code_sends" integer DEFAULT 0 NOT NULL,
	"code_locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "contact_changes_kind" CHECK (("contact_changes"."phone" is null) <> ("contact_changes"."email" is null))
);
--> statement-breakpoint
CREATE TABLE "factor_ceremonies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"portal" "portal" NOT NULL,
	"clinician_id" uuid,
	"patient_id" uuid,
	"session_id" uuid,
	"token_hash" "bytea",
	"device" text,
	"challenge" text,
	"challenge_for" text,
	"sealed_secret" "bytea",
	"code_tries_used" integer DEFAULT 0 NOT NULL,
	"code_sends" integer DEFAULT 0 NOT NULL,
	"code_locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "factor_ceremonies_person" CHECK (("factor_ceremonies"."portal" = 'clinician' and "factor_ceremonies"."clinician_id" is not null and "factor_ceremonies"."patient_id" is null)
      or ("factor_ceremonies"."portal" = 'patient' and "factor_ceremonies"."patient_id" is not null and "factor_ceremonies"."clinician_id" is null)),
	CONSTRAINT "factor_ceremonies_kind" CHECK (("factor_ceremonies"."session_id" is null) <> ("factor_ceremonies"."token_hash" is null))
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"portal" "portal" NOT NULL,
	"clinician_id" uuid,
	"patient_id" uuid,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"synced" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_person" CHECK (("passkeys"."portal" = 'clinician' and "passkeys"."clinician_id" is not null and "passkeys"."patient_id" is null)
      or ("passkeys"."portal" = 'patient' and "passkeys"."patient_id" is not null and "passkeys"."clinician_id" is null))
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinician_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "verifications" DROP CONSTRAINT "verifications_flow";--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "factor_ceremony_id" uuid;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "contact_change_id" uuid;--> statement-breakpoint
ALTER TABLE "clinicians" ADD COLUMN "devices_forgotten_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "devices_forgotten_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "password_proved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "factor_proved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_changes" ADD CONSTRAINT "contact_changes_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor_ceremonies" ADD CONSTRAINT "factor_ceremonies_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor_ceremonies" ADD CONSTRAINT "factor_ceremonies_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "authenticators_clinician" ON "authenticators" USING btree ("clinician_id");--> statement-breakpoint
CREATE UNIQUE INDEX "authenticators_patient" ON "authenticators" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_changes_token" ON "contact_changes" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "contact_changes_patient" ON "contact_changes" USING btree ("patient_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "factor_ceremonies_token" ON "factor_ceremonies" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "factor_ceremonies_session" ON "factor_ceremonies" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "factor_ceremonies_clinician" ON "factor_ceremonies" USING btree ("clinician_id");--> statement-breakpoint
CREATE INDEX "factor_ceremonies_patient" ON "factor_ceremonies" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_clinician" ON "passkeys" USING btree ("clinician_id");--> statement-breakpoint
CREATE INDEX "passkeys_patient" ON "passkeys" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_codes_code" ON "recovery_codes" USING btree ("clinician_id","code_hash");--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_factor_ceremony_id_factor_ceremonies_id_fk" FOREIGN KEY ("factor_ceremony_id") REFERENCES "public"."factor_ceremonies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_contact_change_id_contact_changes_id_fk" FOREIGN KEY ("contact_change_id") REFERENCES "public"."contact_changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "verifications_factor_ceremony" ON "verifications" USING btree ("factor_ceremony_id","created_at");--> statement-breakpoint
CREATE INDEX "verifications_contact_change" ON "verifications" USING btree ("contact_change_id","created_at");--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_flow" CHECK (num_nonnulls("verifications"."registration_id", "verifications"."password_reset_id", "verifications"."factor_ceremony_id", "verifications"."contact_change_id") = 1);--> statement-breakpoint

-- Second factors are the API's own business: it never takes on a person's role to look at them.
GRANT SELECT, INSERT, UPDATE ON factor_ceremonies, contact_changes, authenticators, passkeys, recovery_codes TO casetalk_app;--> statement-breakpoint
GRANT DELETE ON authenticators, passkeys, recovery_codes TO casetalk_app;--> statement-breakpoint
-- The worker sends codes and links; of the factors themselves it sees nothing.
GRANT SELECT (id, portal, clinician_id, patient_id, expires_at, ended_at) ON factor_ceremonies TO casetalk_jobs;--> statement-breakpoint
GRANT SELECT ON contact_changes TO casetalk_jobs;--> statement-breakpoint
GRANT UPDATE (token_hash) ON contact_changes TO casetalk_jobs;
