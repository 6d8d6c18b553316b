import type { RegistryOverview } from "@ringfence/services/registry";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const b = (text: ReactNode) => <b>{text}</b>;

/** In one sentence, whether any registry needs a person. */
export function RegistriesLead({ registries }: { registries: readonly RegistryOverview[] }) {
  const t = useTranslations("registries");
  const stale = registries.filter(({ isStale }) => isStale).length;
  const held = registries.filter(({ held }) => held !== null).length;
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {stale + held === 0 && t.rich("calm", { b })}
      {stale > 0 && t.rich("stale", { b, count: stale })}{" "}
      {held > 0 && t.rich("held", { b, count: held })}
    </p>
  );
}
