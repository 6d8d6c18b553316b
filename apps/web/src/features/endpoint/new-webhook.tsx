"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { EndpointEvent, MakeEndpoint } from "@ringfence/core/endpoint";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { useTRPC } from "@/trpc/client";
import { SecretOnce } from "./secret-once";
import { wordOf } from "./word-of";

/** Where a webhook is and of what it hears; its secret is then shown, once. */
export function NewWebhook() {
  const t = useTranslations("newEndpoint");
  const events = useTranslations("endpoints.eventNames");
  const form = useForm<MakeEndpoint>({
    resolver: zodResolver(MakeEndpoint),
    defaultValues: { name: "", url: "", events: ["opt-out.recorded"] },
  });
  const { errors } = form.formState;
  const trpc = useTRPC();
  const make = useMutation(trpc.endpoint.make.mutationOptions());
  if (make.data) return <SecretOnce secret={make.data.secret} endpointId={make.data.id} />;
  return (
    <form className="grid gap-4" onSubmit={form.handleSubmit((given) => make.mutate(given))}>
      {make.error && <Banner tone="bad" role="alert" title={make.error.message} />}
      <Field label={t("name")} hint={t("nameHint")} fault={errors.name && t("nameFault")}>
        {(wired) => <Input {...wired} {...form.register("name")} autoComplete="off" />}
      </Field>
      <Field label={t("url")} hint={t("urlHint")} fault={errors.url && t("urlFault")}>
        {(wired) => <Input {...wired} {...form.register("url")} inputMode="url" />}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 font-medium">{t("hearsOf")}</legend>
        {EndpointEvent.options.map((event) => (
          <label key={event} className="flex items-center gap-2">
            <input type="checkbox" value={event} {...form.register("events")} />
            {events(wordOf(event))}
          </label>
        ))}
        {errors.events && <p className="text-sm font-medium text-refuse">{t("eventsFault")}</p>}
      </fieldset>
      <div>
        <Button type="submit" look="primary" busy={make.isPending && t("making")}>
          {t("make")}
        </Button>
      </div>
    </form>
  );
}
