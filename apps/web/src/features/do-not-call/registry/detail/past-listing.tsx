"use client";
import type { RegistryId } from "@ringfence/core/ids";
import { dayStart, toDayNumber } from "@ringfence/core/platform/time";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Field, Input } from "@/components/fields";
import { PhoneField } from "@/components/phone-field";
import { formatZone } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";
import type { findPastListings } from "@ringfence/services/do-not-call/registry";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";

type PastListingFormProps = { registryId: RegistryId; homeRegion: string };

/** Looks up whether a registry listed a number on a day. The number is sent in a body, never in an address. */
export function PastListingForm({ registryId, homeRegion }: PastListingFormProps) {
  const t = useTranslations("wasListed");
  const zone = useTimeZone() ?? "UTC";
  const trpc = useTRPC();
  const look = useMutation(trpc.registry.wasListed.mutationOptions());
  const { register, control, handleSubmit } = useForm({ defaultValues: { phone: "", day: "" } });
  const submit = handleSubmit(({ phone, day }) => {
    const [from, until] = [0, 1].map((n) => dayStart(zone, toDayNumber(day) + n).toISOString());
    if (from && until) look.mutate({ registryId, phone, from, until });
  });
  return (
    <>
      <form className="grid max-w-[46rem] gap-4 pt-4 sm:grid-cols-2" onSubmit={submit}>
        <PhoneField
          typed={useWatch({ control, name: "phone" })}
          homeRegion={homeRegion}
          input={register("phone")}
        />
        <Field label={t("day")} hint={t("dayHint", { zone: formatZone(zone) })}>
          {(wired) => (
            <Input {...wired} type="date" min={FIRST} max={LAST} required {...register("day")} />
          )}
        </Field>
        <div>
          <Button type="submit" busy={look.isPending && t("looking")}>
            {t("look")}
          </Button>
        </div>
      </form>
      {look.error && (
        <div className="pt-4">
          <Banner tone="bad" role="alert" title={look.error.message} />
        </div>
      )}
      <div aria-live="polite">
        {look.data && (
          <PastListings
            registryId={registryId}
            result={look.data}
            day={new Date(look.variables.from)}
          />
        )}
      </div>
    </>
  );
}

/** Range of days on which a registry can have been read. */
const [FIRST, LAST] = ["2000-01-01", "2099-12-31"];

type PastListingsResult = Awaited<ReturnType<typeof findPastListings>>;
type PastListingsProps = { registryId: RegistryId; result: PastListingsResult; day: Date };

/** Shows whether each edition of a day listed a number. */
function PastListings({ registryId, result: { phone, editions }, day }: PastListingsProps) {
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
            {t.rich(listingKey(isListed), {
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

function listingKey(isListed: boolean | null) {
  if (isListed === null) return "unknown";
  return isListed ? "listed" : "free";
}
