-- Whoever remembers sessions is told by the commit that ends or changes one, on whatever way that came about (the payload
-- is what modules/events/event-hub.ts reads). A payload holds less than 8,000 bytes.
CREATE FUNCTION tell_of_sessions(news text, ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
begin
  for start in 1 .. coalesce(cardinality(ids), 0) by 150 loop
    perform pg_notify('casetalk_events',
      json_build_array(json_build_object(news, ids[start : start + 149]))::text);
  end loop;
end $$;--> statement-breakpoint

CREATE FUNCTION tell_of_ended_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform tell_of_sessions('ended', (select array_agg(id) from gone));
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER tell_of_ended AFTER DELETE ON sessions REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_ended_sessions();--> statement-breakpoint

CREATE FUNCTION tell_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform tell_of_sessions(tg_argv[0], array[new.id]);
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER tell_of_renewal AFTER UPDATE OF token_hash ON sessions
  FOR EACH ROW WHEN (old.token_hash IS DISTINCT FROM new.token_hash) EXECUTE FUNCTION tell_of_session('renewed');--> statement-breakpoint
-- Activity only ever moves these forward, and nobody needs to hear of that.
CREATE TRIGGER tell_of_less_time AFTER UPDATE OF expires_at, last_seen_at ON sessions
  FOR EACH ROW WHEN (new.expires_at < old.expires_at OR new.last_seen_at < old.last_seen_at)
  EXECUTE FUNCTION tell_of_session('changed');--> statement-breakpoint

CREATE FUNCTION tell_of_changed_person() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform tell_of_sessions('changed',
    (select array_agg(id) from sessions
      where (tg_argv[0] = 'clinician' and clinician_id = new.id) or (tg_argv[0] = 'patient' and patient_id = new.id)));
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER tell_of_change AFTER UPDATE OF name, role, practice_id ON clinicians
  FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name OR old.role IS DISTINCT FROM new.role OR old.practice_id IS DISTINCT FROM new.practice_id)
  EXECUTE FUNCTION tell_of_changed_person('clinician');--> statement-breakpoint
CREATE TRIGGER tell_of_change AFTER UPDATE OF name, terms_version ON patients
  FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name OR old.terms_version IS DISTINCT FROM new.terms_version)
  EXECUTE FUNCTION tell_of_changed_person('patient');--> statement-breakpoint

-- The sessions that go tell of themselves now.
CREATE OR REPLACE FUNCTION end_sessions_of_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_table_name = 'clinicians' then
    delete from sessions where clinician_id = new.id;
  else
    delete from sessions where patient_id = new.id;
  end if;
  return null;
end $$;
