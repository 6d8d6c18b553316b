/** For the eye, beside the count that says it. `part` is 0 to 1. */
export const ShareBar = ({ part }: { part: number }) => (
  <span className="share" aria-hidden style={{ "--part": part }}>
    <i />
  </span>
);
