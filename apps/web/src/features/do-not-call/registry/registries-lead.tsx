import type { PlaceCoverage } from "@ringfence/core/do-not-call/registry";
import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const b = (text: ReactNode) => <b>{text}</b>;

type RegistriesLeadProps = {
  registries: readonly RegistryOverview[];
  /** Places where contacts live. */
  places: readonly PlaceCoverage[];
};

/** Says in a sentence or two whether a connected or a missing registry needs attention. */
export function RegistriesLead({ registries, places }: RegistriesLeadProps) {
  const t = useTranslations("registries");
  const stale = registries.filter(({ isStale }) => isStale).length;
  const held = registries.filter(({ held }) => held !== null).length;
  const refused = places.filter((place) => place.refused > 0).length;
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {stale + held + refused === 0 && t.rich("calm", { b })}
      {stale > 0 && t.rich("stale", { b, count: stale })}{" "}
      {held > 0 && t.rich("held", { b, count: held })}{" "}
      {refused > 0 && t.rich("missing", { b, count: refused })}
    </p>
  );
}
