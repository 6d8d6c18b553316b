import { type ReactNode, useId } from "react";

type SectionProps = {
  title: string;
  /** Content at the right end of the heading: a note or one link. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Section with a heading and a rule below it. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-ink pb-2">
        <h2 id={id}>{title}</h2>
        {aside && (
          <div className="basis-full text-sm text-muted sm:ml-auto sm:basis-auto">{aside}</div>
        )}
      </header>
      {children}
    </section>
  );
}
