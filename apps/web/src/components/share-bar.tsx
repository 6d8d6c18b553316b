/** Bar of a share from 0 to 1, for the eye only. Show the count beside it. */
export const ShareBar = ({ part }: { part: number }) => (
  <span className="share" aria-hidden style={{ "--part": part }}>
    <i />
  </span>
);
