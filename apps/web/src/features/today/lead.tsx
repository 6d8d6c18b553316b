import { useTranslations } from "next-intl";

/** In one sentence, whether anything needs a person. `registries` is null for who may not know. */
export function Lead({ registries }: { registries: readonly { isStale: boolean }[] | null }) {
  const t = useTranslations("today");
  const stale = registries?.filter(({ isStale }) => isStale).length ?? 0;
  const rich = { b: (text: React.ReactNode) => <b>{text}</b> };
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {stale > 0
        ? t.rich("stale", { ...rich, count: stale })
        : t.rich(registries ? "calm" : "calmShort", rich)}
    </p>
  );
}
