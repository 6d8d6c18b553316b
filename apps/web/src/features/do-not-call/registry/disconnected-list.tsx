import type { DisconnectedRegistry } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "@/components/local-time";

/** Lists the organization's own disconnected lists, with links to connect them again. */
export function DisconnectedList({ registries }: { registries: readonly DisconnectedRegistry[] }) {
  const t = useTranslations("registries");
  return (
    <ul className="grid gap-1 pt-2">
      {registries.map(({ id, name, at }) => (
        <li key={id}>
          <Link href={`/registries/${id}`}>{name}</Link>{" "}
          <span className="text-sm text-muted">
            {t.rich("disconnectedSince", { time: () => <LocalTime key="at" instant={at} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}
