"use client";

import { EndpointEvent, MakeEndpoint } from "@ringfence/core/endpoint";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { TextField } from "@/components/text-field";
import { useTRPC } from "@/trpc/client";
import { SecretOnce } from "./secret-once";
import { wordOf } from "./word-of";

const fields = ["name", "url"] as const;

/** Where a webhook is and of what it hears; its secret is then shown, once. */
export function NewWebhook() {
  const t = useTranslations("newEndpoint");
  const [given, setGiven] = useState({ name: "", url: "" });
  const [events, setEvents] = useState<readonly EndpointEvent[]>(["opt-out.recorded"]);
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const trpc = useTRPC();
  const make = useMutation(trpc.endpoint.make.mutationOptions());
  if (make.data) return <SecretOnce secret={make.data.secret} endpointId={make.data.id} />;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { data, error } = MakeEndpoint.safeParse({ ...given, events });
        setFaults(error?.issues.map(({ path }) => path[0]) ?? []);
        if (data) make.mutate(data);
      }}
    >
      {make.error && <Banner tone="bad" role="alert" title={make.error.message} />}
      {fields.map((field) => (
        <TextField
          key={field}
          words={{ label: t(field), hint: t(`${field}Hint`), fault: t(`${field}Fault`) }}
          isFault={faults.includes(field)}
          value={given[field]}
          onText={(text) => setGiven((known) => ({ ...known, [field]: text }))}
        />
      ))}
      <EventFields events={events} onEvents={setEvents} isFault={faults.includes("events")} />
      <div>
        <Button type="submit" look="primary" busy={make.isPending && t("making")}>
          {t("make")}
        </Button>
      </div>
    </form>
  );
}

type EventFieldsProps = {
  events: readonly EndpointEvent[];
  onEvents: (events: readonly EndpointEvent[]) => void;
  isFault: boolean;
};

/** Of which changes it hears; one at least. */
function EventFields({ events, onEvents, isFault }: EventFieldsProps) {
  const t = useTranslations("newEndpoint");
  const names = useTranslations("endpoints.eventNames");
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">{t("hearsOf")}</legend>
      {EndpointEvent.options.map((event) => (
        <Checkbox
          key={event}
          label={names(wordOf(event))}
          checked={events.includes(event)}
          onChange={({ currentTarget: { checked } }) =>
            onEvents(checked ? [...events, event] : events.filter((other) => other !== event))
          }
        />
      ))}
      {isFault && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {t("eventsFault")}
        </p>
      )}
    </fieldset>
  );
}
