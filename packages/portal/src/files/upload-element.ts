/** The element of a file on its way, for the focus to move to. @param id the item's, or its upload's when it goes on */
export const uploadElementId = (id: string): string => `upload-${id}`;
