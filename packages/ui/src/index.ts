// The portals check these sources too, and none of them declares style sheets.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./css-modules.d.ts" />

export { Announcer, useAnnouncer } from './announcer/announcer.tsx';
export type { Announce, Urgency } from './announcer/announcer.tsx';
export { AudienceBanner, AudienceIcon, AudienceTag } from './audience/audience.tsx';
export type { Audience, AudienceBannerProps, AudienceTagProps } from './audience/audience.tsx';
export { CopyButton } from './buttons/copy-button.tsx';
export type { CopyButtonProps } from './buttons/copy-button.tsx';
export { SubmitButton } from './buttons/submit-button.tsx';
export type { SubmitButtonProps } from './buttons/submit-button.tsx';
export { UndoToast } from './buttons/undo-toast.tsx';
export type { UndoToastProps } from './buttons/undo-toast.tsx';
export { ConfirmDialog } from './dialogs/confirm-dialog.tsx';
export type { ConfirmDialogProps } from './dialogs/confirm-dialog.tsx';
export { Dialog, DialogActions } from './dialogs/dialog.tsx';
export type { DialogProps, DiscardWords } from './dialogs/dialog.tsx';
export { LockScreen } from './dialogs/lock-screen.tsx';
export type { LockScreenProps } from './dialogs/lock-screen.tsx';
export { SessionWarning } from './dialogs/session-warning.tsx';
export type { SessionWarningProps } from './dialogs/session-warning.tsx';
export { CheckboxField } from './fields/checkbox-field.tsx';
export type { CheckboxFieldProps } from './fields/checkbox-field.tsx';
export type { FieldProps } from './fields/field-props.ts';
export { PasswordChecklist } from './fields/password-checklist.tsx';
export type { PasswordChecklistProps, PasswordRequirement } from './fields/password-checklist.tsx';
export { PasswordField } from './fields/password-field.tsx';
export type { PasswordFieldProps, PasswordFieldWords } from './fields/password-field.tsx';
export { RadioCards } from './fields/radio-cards.tsx';
export type { RadioCard, RadioCardsProps } from './fields/radio-cards.tsx';
export { SelectField } from './fields/select-field.tsx';
export type { SelectFieldProps } from './fields/select-field.tsx';
export { TextAreaField } from './fields/text-area-field.tsx';
export type { TextAreaFieldProps } from './fields/text-area-field.tsx';
export { CodeField, PhoneField, TextField } from './fields/text-field.tsx';
export type { TextFieldProps } from './fields/text-field.tsx';
export { AddFilesButton } from './files/add-files-button.tsx';
export type { AddFilesButtonProps } from './files/add-files-button.tsx';
export { DropZone } from './files/drop-zone.tsx';
export type { DropZoneProps } from './files/drop-zone.tsx';
export { fileKindOf } from './files/file-kind.ts';
export type { FileKind } from './files/file-kind.ts';
export { FileItem, FileList } from './files/file-list.tsx';
export type { FileItemProps } from './files/file-list.tsx';
export { FileMark } from './files/file-mark.tsx';
export type { FileMarkProps } from './files/file-mark.tsx';
export { FileViewer } from './files/file-viewer.tsx';
export type { FileViewerProps, FileViewerWords, ViewableFile } from './files/file-viewer.tsx';
export {
  formatDate,
  formatDateTime,
  formatDay,
  formatPlainDate,
  formatRelative,
  formatTime,
} from './format/date-format.ts';
export type { Language, Moment } from './format/date-format.ts';
export { ExactTime, RelativeTime } from './format/relative-time.tsx';
export type { ExactTimeProps, RelativeTimeProps } from './format/relative-time.tsx';
export { formatFileSize } from './format/size-format.ts';
export { useNow } from './format/use-now.ts';
export { Icon } from './icon/icon.tsx';
export type { IconDrawing, IconProps } from './icon/icon.tsx';
export { Avatar, initialsOf } from './identity/avatar.tsx';
export type { AvatarProps } from './identity/avatar.tsx';
export { Logo } from './identity/logo.tsx';
export type { LogoProps } from './identity/logo.tsx';
export { DataTable } from './lists/data-table.tsx';
export type { DataColumn, DataSort, DataTableProps } from './lists/data-table.tsx';
export { PatientHeader, PatientLayout } from './navigation/patient-header.tsx';
export type { PatientHeaderProps, PatientLayoutProps } from './navigation/patient-header.tsx';
export { RailLayout, RailNav } from './navigation/rail-nav.tsx';
export type { RailItem, RailLayoutProps, RailNavProps } from './navigation/rail-nav.tsx';
export type { LinkParts, RenderLink } from './navigation/render-link.ts';
export { TabPanel, TabsNav } from './navigation/tabs-nav.tsx';
export type { TabItem, TabPanelProps, TabsNavProps } from './navigation/tabs-nav.tsx';
export { EmptyState } from './page/empty-state.tsx';
export type { EmptyStateProps } from './page/empty-state.tsx';
export { ErrorSummary } from './page/error-summary.tsx';
export type { ErrorSummaryItem, ErrorSummaryProps } from './page/error-summary.tsx';
export { OfflineBar } from './page/offline-bar.tsx';
export type { OfflineBarProps } from './page/offline-bar.tsx';
export { PageTitle } from './page/page-title.tsx';
export type { PageTitleProps } from './page/page-title.tsx';
export { Panel, ReadingColumn } from './page/panel.tsx';
export type { PanelProps } from './page/panel.tsx';
export { SkeletonList } from './page/skeleton-list.tsx';
export type { SkeletonListProps } from './page/skeleton-list.tsx';
export { SkipLink } from './page/skip-link.tsx';
export type { SkipLinkProps } from './page/skip-link.tsx';
export { StepProgress } from './page/step-progress.tsx';
export type { StepProgressProps } from './page/step-progress.tsx';
export { useDelayed } from './page/use-delayed.ts';
export { useOnline } from './page/use-online.ts';
export { usePageHeading } from './page/use-page-heading.ts';
export type { PageHeading } from './page/use-page-heading.ts';
export { CaseTalkProvider } from './provider/casetalk-provider.tsx';
export type { CaseTalkProviderProps } from './provider/casetalk-provider.tsx';
export { LanguageSwitch } from './settings/language-switch.tsx';
export type { LanguageSwitchProps } from './settings/language-switch.tsx';
export { ThemeSwitch } from './settings/theme-switch.tsx';
export type { ThemeSwitchProps } from './settings/theme-switch.tsx';
export { Pipeline } from './status/pipeline.tsx';
export type { PipelineProps, PipelineState, PipelineStep } from './status/pipeline.tsx';
export { StatusStrip } from './status/status-strip.tsx';
export type { StatusStripProps, Tone } from './status/status-strip.tsx';
export { UnreadBadge } from './status/unread-badge.tsx';
export type { UnreadBadgeProps } from './status/unread-badge.tsx';
export { ComposerFrame } from './talk/composer-frame.tsx';
export type { ComposerFrameProps } from './talk/composer-frame.tsx';
export { MessageBubble } from './talk/message-bubble.tsx';
export type { MessageBubbleProps } from './talk/message-bubble.tsx';
export { DaySeparator, MessageList } from './talk/message-list.tsx';
export { ThreadLog } from './talk/thread-log.tsx';
export type { ThreadLogProps } from './talk/thread-log.tsx';
export { createCaseTalkTheme } from './theme/theme.ts';
export { breakpoints, iconSize } from './theme/tokens.ts';
export type { Density } from './theme/tokens.ts';
