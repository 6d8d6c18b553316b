import { rankOf, severityOf, type ViolationCause } from "./violation-cause.ts";

type Named = {
  cause: ViolationCause;
  rule?: string | undefined;
  registry?: string | undefined;
};

const nameOf = ({ cause, rule, registry }: Named) => JSON.stringify([cause, rule, registry]);

/**
 * What is wrong with a call that is judged once more: a cause that was found stays, whatever was
 * learned since, and `added` are those that are new.
 */
export function mergeCauses<Cause extends Named>(known: readonly Cause[], found: readonly Cause[]) {
  const names = new Set(known.map(nameOf));
  const added = found.filter((cause) => !names.has(nameOf(cause)));
  const causes = [...known, ...added].toSorted(
    (a, b) => rankOf(severityOf(a.cause)) - rankOf(severityOf(b.cause)),
  );
  return { causes, added };
}
