"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceField, TextField, ControlledCheckboxes } from "@/components/fields";
import { DialerForm, FileForm } from "../endpoint-forms";
import { CreateWebhook, EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { useMutation } from "@tanstack/react-query";
import { SubmitForm } from "@/components/save-form";
import { MoreFields } from "@/components/more-fields";
import { useSubmit } from "@/components/form-faults";
import { useTRPC } from "@/trpc/client";
import { SigningSecret } from "../detail/actions";
import { toEventKey } from "../words";

const kinds = ["webhook", "vicidial", "bitrix24", "sftp"] as const;

/** Adds a webhook, a dialer with its own protocol, or a server that receives files. */
export function NewEndpoint() {
  const names = useTranslations("endpoints.kinds");
  const t = useTranslations("newEndpoint");
  const [kind, setKind] = useState<(typeof kinds)[number]>("webhook");
  return (
    <div className="grid max-w-[32rem] gap-4">
      <ChoiceField
        label={t("kind")}
        hint={t(`kindHints.${kind}`)}
        choices={kinds.map((key) => ({ key, name: names(key) }))}
        chosen={kind}
        onChoose={setKind}
      />
      {kind === "webhook" && <NewWebhook />}
      {kind === "sftp" && <FileForm />}
      {(kind === "vicidial" || kind === "bitrix24") && <DialerForm key={kind} kind={kind} />}
    </div>
  );
}

const fields = ["name", "url", "reason"] as const;

/** Form for a webhook's address and events. Its secret is then shown once. */
function NewWebhook() {
  const t = useTranslations("newEndpoint");
  const names = useTranslations("endpoints.eventNames");
  const format = useFormatter();
  const nameEvent = (event: EndpointEvent) => names(toEventKey(event));
  const [given, setGiven] = useState({ name: "", url: "", reason: "" });
  const [events, setEvents] = useState<readonly EndpointEvent[]>(["opt-out.recorded"]);
  const trpc = useTRPC();
  const make = useMutation(trpc.endpoint.make.mutationOptions());
  const { faults, submit } = useSubmit(CreateWebhook.safeParse({ ...given, events }), make.mutate);
  if (make.data) return <SigningSecret secret={make.data.secret} endpointId={make.data.id} />;
  return (
    <SubmitForm
      className="grid gap-4"
      onSubmit={submit}
      error={make.error?.message}
      submit={t("make")}
      busy={make.isPending && t("making")}
    >
      {fields.map((field) => (
        <TextField
          key={field}
          words={{ label: t(field), hint: t(`${field}Hint`), fault: t(`${field}Fault`) }}
          isFault={faults.includes(field)}
          value={given[field]}
          onText={(text) => setGiven((known) => ({ ...known, [field]: text }))}
        />
      ))}
      <MoreFields title={t("hearsOf")} note={format.list(events.map(nameEvent))}>
        <ControlledCheckboxes
          legend={t("sends")}
          choices={EndpointEvent.options.map((value) => ({ value, label: nameEvent(value) }))}
          chosen={events}
          onChosen={setEvents}
          fault={faults.includes("events") ? t("eventsFault") : null}
        />
      </MoreFields>
    </SubmitForm>
  );
}
