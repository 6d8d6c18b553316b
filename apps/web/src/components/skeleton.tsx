const widths = ["62%", "88%", "74%", "81%"];

/** Placeholder for content that takes longer than 300 ms to load. */
export const Skeleton = ({ label }: { label: string }) => (
  <output aria-busy className="bones grid gap-3 pt-3">
    <span className="sr-only">{label}</span>
    {widths.map((width) => (
      <span key={width} className="bone" style={{ width }} />
    ))}
  </output>
);
