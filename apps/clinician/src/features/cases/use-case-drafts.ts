import { useDraftPlaces } from '@casetalk/portal';

/** In which of a case's talks the clinician has begun to write, on whichever device. */
export function useCaseDrafts(caseId: string): {
  readonly patientTalk: boolean;
  readonly doctorTalk: boolean;
} {
  const places = useDraftPlaces().filter((place) => place.caseId === caseId);
  return {
    patientTalk: places.some(({ talkId }) => talkId !== null),
    doctorTalk: places.some(({ talkId }) => talkId === null),
  };
}
