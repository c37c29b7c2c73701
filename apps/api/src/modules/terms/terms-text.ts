/** The words of the terms in one language. */
export interface TermsText {
  readonly title: string;
  /** The whole in one plain paragraph. */
  readonly summary: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
}
