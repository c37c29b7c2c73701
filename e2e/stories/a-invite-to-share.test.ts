import { describe } from 'vitest';
import { tellJourney } from '../support/journey.ts';
import { tellStory } from '../support/story.ts';

describe('a doctor invites her patient, they talk, and she shares one file', () => {
  tellJourney(tellStory());
});
