// The portals check these sources too, and none of them declares style sheets.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./css-modules.d.ts" />

export { Announcer, useAnnouncer } from './announcer/announcer.tsx';
export type { Announce, Urgency } from './announcer/announcer.tsx';
export { AudienceBanner, AudienceIcon, AudienceTag } from './audience/audience.tsx';
export type { Audience, AudienceBannerProps, AudienceTagProps } from './audience/audience.tsx';
export { SubmitButton } from './buttons/submit-button.tsx';
export type { SubmitButtonProps } from './buttons/submit-button.tsx';
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
export { Icon } from './icon/icon.tsx';
export type { IconDrawing, IconProps } from './icon/icon.tsx';
export { ErrorSummary } from './page/error-summary.tsx';
export type { ErrorSummaryItem, ErrorSummaryProps } from './page/error-summary.tsx';
export { PageTitle } from './page/page-title.tsx';
export type { PageTitleProps } from './page/page-title.tsx';
export { SkipLink } from './page/skip-link.tsx';
export type { SkipLinkProps } from './page/skip-link.tsx';
export { usePageHeading } from './page/use-page-heading.ts';
export type { PageHeading } from './page/use-page-heading.ts';
export { CaseTalkProvider } from './provider/casetalk-provider.tsx';
export type { CaseTalkProviderProps } from './provider/casetalk-provider.tsx';
export { StatusStrip } from './status/status-strip.tsx';
export type { StatusStripProps, Tone } from './status/status-strip.tsx';
export { createCaseTalkTheme } from './theme/theme.ts';
export type { Density } from './theme/tokens.ts';
