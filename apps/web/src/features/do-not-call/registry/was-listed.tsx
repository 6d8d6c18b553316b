"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { dayOf, dayStart } from "@ringfence/core/platform/time";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { PhoneField } from "@/components/phone-field";
import { useTRPC } from "@/trpc/client";
import { ListedThen } from "./listed-then";

type WasListedProps = { registryId: RegistryId; homeRegion: string };

/** Asks what a registry said of a number on a day. Sent in a body: no number stands in an address. */
export function WasListed({ registryId, homeRegion }: WasListedProps) {
  const t = useTranslations("wasListed");
  const zone = useTimeZone() ?? "UTC";
  const trpc = useTRPC();
  const look = useMutation(trpc.registry.wasListed.mutationOptions());
  const { register, control, handleSubmit } = useForm({ defaultValues: { phone: "", day: "" } });
  const submit = handleSubmit(({ phone, day }) => {
    const [from, until] = [0, 1].map((n) => dayStart(zone, dayOf(day) + n).toISOString());
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
        <Field label={t("day")} hint={t("dayHint", { zone })}>
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
          <ListedThen
            registryId={registryId}
            said={look.data}
            day={new Date(look.variables.from)}
          />
        )}
      </div>
    </>
  );
}

/** Days that a registry can have been read on. */
const [FIRST, LAST] = ["2000-01-01", "2099-12-31"];
