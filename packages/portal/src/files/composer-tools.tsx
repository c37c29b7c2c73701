import { AddFilesButton, DropZone } from '@casetalk/ui';
import { useMediaQuery } from '@mantine/hooks';
import { IconCamera } from '@tabler/icons-react';
import { useWords } from '../language/use-words.ts';
import { acceptedFiles } from './file-rules.ts';

export interface ComposerToolsProps {
  readonly addButtonId: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** "Add files", the camera where there is a finger and not a mouse, and the page as a drop zone. */
export function ComposerTools({ addButtonId, onFiles }: ComposerToolsProps) {
  const words = useWords();
  const touch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  return (
    <>
      <AddFilesButton id={addButtonId} label={words('files.add')} accept={acceptedFiles} onFiles={onFiles} />
      {touch && (
        <AddFilesButton
          label={words('files.camera')}
          accept="image/*"
          capture="environment"
          multiple={false}
          icon={IconCamera}
          onFiles={onFiles}
        />
      )}
      <DropZone label={words('files.drop')} hint={words('files.limits')} onFiles={onFiles} />
    </>
  );
}
