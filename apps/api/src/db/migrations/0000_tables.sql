CREATE TYPE "public"."assurance" AS ENUM('clinic', 'invitee');--> statement-breakpoint
CREATE TYPE "public"."attachment_origin" AS ENUM('upload', 'patientTalk');--> statement-breakpoint
CREATE TYPE "public"."case_status" AS ENUM('open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."channel" AS ENUM('text', 'call');--> statement-breakpoint
CREATE TYPE "public"."clinician_role" AS ENUM('doctor', 'staff', 'caseManager', 'administrator');--> statement-breakpoint
CREATE TYPE "public"."file_kind" AS ENUM('image', 'pdf', 'document', 'video', 'dicom', 'model', 'archive');--> statement-breakpoint
CREATE TYPE "public"."invitation_state" AS ENUM('pending', 'opened', 'verified', 'accepted', 'expired', 'revoked', 'declined', 'reported');--> statement-breakpoint
CREATE TYPE "public"."language" AS ENUM('en', 'es');--> statement-breakpoint
CREATE TYPE "public"."mail_delivery" AS ENUM('queued', 'sent', 'delivered', 'deferred', 'bounced', 'failed');--> statement-breakpoint
CREATE TYPE "public"."phone_kind" AS ENUM('mobile', 'landline');--> statement-breakpoint
CREATE TYPE "public"."portal" AS ENUM('clinician', 'patient');--> statement-breakpoint
CREATE TYPE "public"."scan_state" AS ENUM('notScanned', 'checking', 'clean', 'infected');--> statement-breakpoint
CREATE TYPE "public"."verification_state" AS ENUM('sending', 'sent', 'delivered', 'failed');--> statement-breakpoint
CREATE TABLE "case_members" (
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "case_members_case_id_clinician_id_pk" PRIMARY KEY("case_id","clinician_id")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"practice_id" uuid NOT NULL,
	"patient_name" text NOT NULL,
	"patient_birth_date" date NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"status" "case_status" DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doctor_talk_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"body" text NOT NULL,
	"send_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doctor_talk_read_states" (
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"read_up_to" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "doctor_talk_read_states_case_id_clinician_id_pk" PRIMARY KEY("case_id","clinician_id")
);
--> statement-breakpoint
CREATE TABLE "case_attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"name" text NOT NULL,
	"origin" "attachment_origin" NOT NULL,
	"added_by" uuid NOT NULL,
	"upload_key" uuid,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" uuid
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"size" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"media_type" text NOT NULL,
	"kind" "file_kind" NOT NULL,
	"scan" "scan_state" DEFAULT 'notScanned' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "code_sends" (
	"id" uuid PRIMARY KEY NOT NULL,
	"verification_id" uuid NOT NULL,
	"phone_hash" "bytea" NOT NULL,
	"network" text NOT NULL,
	"channel" "channel" NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"invitation_id" uuid,
	"link_number" integer,
	"verification_id" uuid,
	"provider_id" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"final" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"talk_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"practice_id" uuid NOT NULL,
	"patient_id" uuid,
	"email" text NOT NULL,
	"mobile" text,
	"landline" text,
	"language" "language" NOT NULL,
	"state" "invitation_state" DEFAULT 'pending' NOT NULL,
	"token_hash" "bytea",
	"link_number" integer DEFAULT 1 NOT NULL,
	"delivery" "mail_delivery" DEFAULT 'queued' NOT NULL,
	"delivery_reason" text,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"opened_at" timestamp with time zone,
	"code_sent_at" timestamp with time zone,
	"code_failed_at" timestamp with time zone,
	"code_failure" text,
	"verified_at" timestamp with time zone,
	"terms_accepted_at" timestamp with time zone,
	"registered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"help_requested_at" timestamp with time zone,
	"assurance" "assurance",
	"code_tries_used" integer DEFAULT 0 NOT NULL,
	"code_sends" integer DEFAULT 0 NOT NULL,
	"code_locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "invitations_tries" CHECK ("invitations"."code_tries_used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "password_resets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"portal" "portal" NOT NULL,
	"clinician_id" uuid,
	"patient_id" uuid,
	"token_hash" "bytea",
	"flow_hash" "bytea",
	"verified_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"code_tries_used" integer DEFAULT 0 NOT NULL,
	"code_sends" integer DEFAULT 0 NOT NULL,
	"code_locked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"flow_expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"invitation_id" uuid NOT NULL,
	"link_number" integer NOT NULL,
	"flow_hash" "bytea" NOT NULL,
	"entered_phone" text,
	"entered_phone_kind" "phone_kind",
	"verified_at" timestamp with time zone,
	"verified_phone" text,
	"verified_phone_kind" "phone_kind",
	"terms_version" text,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_id" uuid,
	"password_reset_id" uuid,
	"channel" "channel" NOT NULL,
	"phone" text NOT NULL,
	"phone_kind" "phone_kind" NOT NULL,
	"sealed_code" "bytea" NOT NULL,
	"state" "verification_state" DEFAULT 'sending' NOT NULL,
	"failure" text,
	"tries_used" integer DEFAULT 0 NOT NULL,
	"sends" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "verifications_flow" CHECK (("verifications"."registration_id" is null) <> ("verifications"."password_reset_id" is null))
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"resource_type" text NOT NULL,
	"resource_id" uuid,
	"case_id" uuid,
	"talk_id" uuid,
	"outcome" text DEFAULT 'success' NOT NULL,
	"ip" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"person_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"operation" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"resource_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_person_id_key_pk" PRIMARY KEY("person_id","key")
);
--> statement-breakpoint
CREATE TABLE "rate_counters" (
	"key" text NOT NULL,
	"window" bigint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_counters_key_window_pk" PRIMARY KEY("key","window")
);
--> statement-breakpoint
CREATE TABLE "clinicians" (
	"id" uuid PRIMARY KEY NOT NULL,
	"practice_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" "clinician_role" NOT NULL,
	"job_title" text NOT NULL,
	"phone" text NOT NULL,
	"phone_kind" "phone_kind" DEFAULT 'mobile' NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"phone_kind" "phone_kind" NOT NULL,
	"language" "language" NOT NULL,
	"password_hash" text NOT NULL,
	"terms_version" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"phone" text NOT NULL,
	"welcome" jsonb NOT NULL,
	"reply_time" jsonb NOT NULL,
	"invitation_life_days" integer DEFAULT 7 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"portal" "portal" NOT NULL,
	"clinician_id" uuid,
	"patient_id" uuid,
	"token_hash" "bytea" NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_person" CHECK (("sessions"."portal" = 'clinician' and "sessions"."clinician_id" is not null and "sessions"."patient_id" is null)
        or ("sessions"."portal" = 'patient' and "sessions"."patient_id" is not null and "sessions"."clinician_id" is null))
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"blocked_until" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terms_acceptances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid,
	"invitation_id" uuid,
	"version" text NOT NULL,
	"hash" text NOT NULL,
	"language" "language" NOT NULL,
	"ip" text NOT NULL,
	"accepted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"patient_id" uuid,
	"file_id" uuid NOT NULL,
	"uploader" "portal" NOT NULL,
	"message_id" uuid,
	"position" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"upload_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"patient_id" uuid,
	"sender" "portal" NOT NULL,
	"body" text NOT NULL,
	"file_count" integer DEFAULT 0 NOT NULL,
	"send_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "talk_read_states" (
	"talk_id" uuid NOT NULL,
	"reader" "portal" NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"patient_id" uuid,
	"message_id" uuid NOT NULL,
	"read_up_to" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	"first_read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "talk_read_states_talk_id_reader_pk" PRIMARY KEY("talk_id","reader")
);
--> statement-breakpoint
CREATE TABLE "talks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"clinician_id" uuid NOT NULL,
	"patient_id" uuid,
	"assurance" "assurance",
	"clinician_unread" integer DEFAULT 0 NOT NULL,
	"patient_unread" integer DEFAULT 0 NOT NULL,
	"last_message_id" uuid,
	"last_message_at" timestamp with time zone,
	"clinician_notice_due_at" timestamp with time zone,
	"patient_notice_due_at" timestamp with time zone,
	"joined_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "talks_one_per_clinician" UNIQUE("case_id","clinician_id")
);
--> statement-breakpoint
ALTER TABLE "case_members" ADD CONSTRAINT "case_members_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_members" ADD CONSTRAINT "case_members_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_members" ADD CONSTRAINT "case_members_added_by_clinicians_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_created_by_clinicians_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_talk_messages" ADD CONSTRAINT "doctor_talk_messages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_talk_messages" ADD CONSTRAINT "doctor_talk_messages_sender_id_clinicians_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_talk_read_states" ADD CONSTRAINT "doctor_talk_read_states_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_talk_read_states" ADD CONSTRAINT "doctor_talk_read_states_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_attachments" ADD CONSTRAINT "case_attachments_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_attachments" ADD CONSTRAINT "case_attachments_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_attachments" ADD CONSTRAINT "case_attachments_added_by_clinicians_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_attachments" ADD CONSTRAINT "case_attachments_removed_by_clinicians_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_sends" ADD CONSTRAINT "code_sends_verification_id_verifications_id_fk" FOREIGN KEY ("verification_id") REFERENCES "public"."verifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_verification_id_verifications_id_fk" FOREIGN KEY ("verification_id") REFERENCES "public"."verifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_password_reset_id_password_resets_id_fk" FOREIGN KEY ("password_reset_id") REFERENCES "public"."password_resets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinicians" ADD CONSTRAINT "clinicians_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "terms_acceptances" ADD CONSTRAINT "terms_acceptances_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talk_read_states" ADD CONSTRAINT "talk_read_states_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talks" ADD CONSTRAINT "talks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talks" ADD CONSTRAINT "talks_clinician_id_clinicians_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."clinicians"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "talks" ADD CONSTRAINT "talks_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_members_clinician" ON "case_members" USING btree ("clinician_id","case_id");--> statement-breakpoint
CREATE INDEX "cases_practice" ON "cases" USING btree ("practice_id");--> statement-breakpoint
CREATE INDEX "doctor_talk_messages_case" ON "doctor_talk_messages" USING btree ("case_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "doctor_talk_messages_send_key" ON "doctor_talk_messages" USING btree ("case_id","sender_id","send_key");--> statement-breakpoint
CREATE UNIQUE INDEX "case_attachments_one_share" ON "case_attachments" USING btree ("case_id","file_id") WHERE "case_attachments"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "case_attachments_case" ON "case_attachments" USING btree ("case_id","added_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "case_attachments_upload_key" ON "case_attachments" USING btree ("added_by","upload_key");--> statement-breakpoint
CREATE INDEX "files_case" ON "files" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "code_sends_phone" ON "code_sends" USING btree ("phone_hash","sent_at");--> statement-breakpoint
CREATE INDEX "code_sends_network" ON "code_sends" USING btree ("network","sent_at");--> statement-breakpoint
CREATE INDEX "code_sends_time" ON "code_sends" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "deliveries_invitation" ON "deliveries" USING btree ("invitation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_one_pending" ON "invitations" USING btree ("case_id","clinician_id") WHERE "invitations"."state" in ('pending', 'opened', 'verified');--> statement-breakpoint
CREATE INDEX "invitations_clinician_case" ON "invitations" USING btree ("clinician_id","case_id","created_at");--> statement-breakpoint
CREATE INDEX "invitations_waiting" ON "invitations" USING btree ("email") WHERE "invitations"."state" in ('pending', 'opened', 'verified');--> statement-breakpoint
CREATE UNIQUE INDEX "password_resets_token" ON "password_resets" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "password_resets_flow" ON "password_resets" USING btree ("flow_hash");--> statement-breakpoint
CREATE INDEX "password_resets_clinician" ON "password_resets" USING btree ("clinician_id");--> statement-breakpoint
CREATE INDEX "password_resets_patient" ON "password_resets" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "registrations_flow" ON "registrations" USING btree ("flow_hash");--> statement-breakpoint
CREATE INDEX "registrations_invitation" ON "registrations" USING btree ("invitation_id");--> statement-breakpoint
CREATE INDEX "verifications_registration" ON "verifications" USING btree ("registration_id","created_at");--> statement-breakpoint
CREATE INDEX "verifications_password_reset" ON "verifications" USING btree ("password_reset_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_events_resource" ON "audit_events" USING btree ("resource_id","at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_time" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "clinicians_email" ON "clinicians" USING btree ("email");--> statement-breakpoint
CREATE INDEX "clinicians_practice" ON "clinicians" USING btree ("practice_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_email" ON "patients" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_clinician" ON "sessions" USING btree ("clinician_id");--> statement-breakpoint
CREATE INDEX "sessions_patient" ON "sessions" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "attachments_message" ON "attachments" USING btree ("message_id","position");--> statement-breakpoint
CREATE INDEX "attachments_talk" ON "attachments" USING btree ("talk_id","created_at");--> statement-breakpoint
CREATE INDEX "attachments_file" ON "attachments" USING btree ("file_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attachments_upload_key" ON "attachments" USING btree ("talk_id","uploader","upload_key");--> statement-breakpoint
CREATE INDEX "messages_talk" ON "messages" USING btree ("talk_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST,"clinician_id","patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_send_key" ON "messages" USING btree ("talk_id","sender","send_key");--> statement-breakpoint
CREATE INDEX "talks_clinician" ON "talks" USING btree ("clinician_id","last_message_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "talks_patient" ON "talks" USING btree ("patient_id","last_message_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "talks_clinician_notice" ON "talks" USING btree ("clinician_notice_due_at");--> statement-breakpoint
CREATE INDEX "talks_patient_notice" ON "talks" USING btree ("patient_notice_due_at");