"use client";

import type { RegistryId } from "@ringfence/core/ids";
import type { wasListed } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";

type Said = Awaited<ReturnType<typeof wasListed>>;
type ListedThenProps = { registryId: RegistryId; said: Said; day: Date };

/** What each edition of a day said of a number. */
export function ListedThen({ registryId, said: { phone, editions }, day }: ListedThenProps) {
  const t = useTranslations("wasListed");
  return (
    <div className="grid gap-1 pt-4">
      <p className="font-semibold">
        {t.rich("on", {
          phone: () => <PhoneText phone={phone} />,
          day: () => <LocalTime instant={day} precision="day" />,
        })}
      </p>
      {editions.length === 0 && <p>{t("none")}</p>}
      <ul>
        {editions.map(({ edition, readAt, isListed }) => (
          <li key={edition}>
            {t.rich(wordOf(isListed), {
              b: (text: ReactNode) => <b>{text}</b>,
              edition: () => (
                <Link href={`/registries/${registryId}/editions/${edition}`}>
                  {t("edition", { edition })}
                </Link>
              ),
              time: () => <LocalTime instant={readAt} />,
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function wordOf(isListed: boolean | null) {
  if (isListed === null) return "unknown";
  return isListed ? "listed" : "free";
}
