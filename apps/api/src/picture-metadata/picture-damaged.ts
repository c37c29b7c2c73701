/** A picture is not built as its format says, so that nobody can tell what in it is metadata. Says where, never what. */
export class PictureDamaged extends Error {
  override readonly name = 'PictureDamaged';
}
