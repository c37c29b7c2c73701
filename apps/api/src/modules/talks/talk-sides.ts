import type { Portal } from '@casetalk/contract';

/** The two sides of a talk: what one of them does to the other's counters. */
export const otherSide = (side: Portal): Portal => (side === 'clinician' ? 'patient' : 'clinician');

/**
 * SQL: the clinician of talk `t` is a member of its case. True for nearly everyone who may see it: on the hot path this
 * is asked alone, and the rest only of those whom it refuses, since even parts of a statement that never run cost time.
 */
export const clinicianIsMember =
  'exists (select from case_members m where m.case_id = t.case_id and m.clinician_id = t.clinician_id)';

/**
 * SQL: the clinician of talk `t` still sees its case, as member or as case manager of a practice that has a doctor on
 * it. Written out instead of calling app_sees_case: each look is one at an index, and this stands on the hot path.
 */
export const clinicianSeesCase = `(
  ${clinicianIsMember}
  or exists (
    select from clinicians manager
    join clinicians doctor on doctor.practice_id = manager.practice_id and doctor.role = 'doctor'
    join case_members m on m.case_id = t.case_id and m.clinician_id = doctor.id
    where manager.id = t.clinician_id and manager.role = 'caseManager'))`;

/**
 * SQL: talk `t` is visible to the person whose id is `viewer`. A patient keeps the talks they joined; a clinician has her
 * own only as long as she sees the case.
 * @param seesCase SQL by which the clinician sees the case
 */
export const isVisible = (side: Portal, viewer: string, seesCase: string = clinicianSeesCase): string =>
  side === 'patient' ? `t.patient_id = ${viewer}` : `t.clinician_id = ${viewer} and ${seesCase}`;

/**
 * SQL: the same for lists. Here the clinician is one and the talks are many: her cases are looked up once, not each
 * talk's members.
 */
export const isVisibleInList = (side: Portal, viewer: string): string =>
  side === 'patient'
    ? `t.patient_id = ${viewer}`
    : `t.clinician_id = ${viewer} and (
        t.case_id in (select m.case_id from case_members m where m.clinician_id = ${viewer})
        or t.case_id in (
          select m.case_id from clinicians manager
          join clinicians doctor on doctor.practice_id = manager.practice_id and doctor.role = 'doctor'
          join case_members m on m.clinician_id = doctor.id
          where manager.id = ${viewer} and manager.role = 'caseManager'))`;

/**
 * SQL: a CTE named `audit` that records an act of `viewer` on each row of `source`, in the statement that does it.
 * @param parameters the numbers of the parameters that carry the audit row's id, the address and the request's id
 */
export const auditing = (
  side: Portal,
  act: { action: string; resource: 'talk' | 'message'; resourceId: string; source: string },
  parameters: { viewer: number; id: number; ip: number; requestId: number },
): string => `audit as (
    insert into audit_events
      (id, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id)
    select $${parameters.id}, '${side}', $${parameters.viewer}, '${act.action}', '${act.resource}', ${act.resourceId},
      case_id, id, $${parameters.ip}, $${parameters.requestId}
    from ${act.source})`;
