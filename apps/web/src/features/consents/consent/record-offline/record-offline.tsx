"use client";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { useTRPC } from "@/trpc/client";
import { ShownTextFields, type ConsentChoices, findDefaultForm } from "./shown-text-fields";
import {
  chooseForm,
  type OfflineFault,
  type OfflineInput,
  findOfflineFaults,
  toOfflineConsent,
} from "./offline-input";
import { OfflineMeans, proofByMeans } from "@ringfence/core/consents/consent";
import { type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { Field, Input, RadioGroup } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { PhoneField } from "@/components/phone-field";
import { EvidenceSubmit, FirstFaultFocus, useEvidenceUpload } from "../evidence-upload";
import type { RecordedOfflineConsents } from "@ringfence/services/consents/consent";
import Link from "next/link";
import { Button, ButtonLink } from "@/components/buttons";
import { FileHash, Standings } from "../words";

type RecordOfflineProps = {
  choices: ConsentChoices;
  homeRegion: string;
  initial: Partial<Pick<OfflineInput, "phone" | "means" | "formId" | "version" | "language">>;
  /** True if the person of the number that is filled in has opted out of such calls. */
  isRefused: boolean;
};

/** Records a spoken or signed consent, then shows the result. */
export function RecordOffline({ choices, homeRegion, initial, isRefused }: RecordOfflineProps) {
  const t = useTranslations("recordConsent");
  const trpc = useTRPC();
  const record = useMutation(trpc.consent.recordOffline.mutationOptions());
  const [timesRecorded, setTimesRecorded] = useState(0);
  if (record.data) {
    return (
      <RecordedOffline
        recorded={record.data}
        purposes={new Map(choices.purposes.map(({ key, name }) => [key, name]))}
        onAnother={() => {
          record.reset();
          setTimesRecorded(timesRecorded + 1);
        }}
      />
    );
  }
  const isAgain = timesRecorded > 0;
  return (
    <>
      <div className="max-w-[36rem] pt-4">
        <Banner tone={isRefused ? "care" : "plain"} title={t(isRefused ? "refused" : "before")}>
          {t("beforeBody")}
        </Banner>
      </div>
      <OfflineForm
        key={timesRecorded}
        choices={choices}
        homeRegion={homeRegion}
        initial={isAgain ? { language: initial.language ?? "" } : initial}
        failure={record.error?.message ?? null}
        isBusy={record.isPending}
        onRecord={record.mutate}
      />
    </>
  );
}

type OfflineRequest = ReturnType<typeof toOfflineConsent> & { file: string };

type OfflineFormProps = {
  choices: ConsentChoices;
  homeRegion: string;
  initial: Partial<Pick<OfflineInput, "phone" | "means" | "formId" | "version" | "language">>;
  failure: string | null;
  isBusy: boolean;
  onRecord: (consent: OfflineRequest) => void;
};

/** Asks who agreed to what, how and when, and for the file that proves it. */
function OfflineForm(props: OfflineFormProps) {
  const { choices, homeRegion, initial, failure, isBusy, onRecord } = props;
  const t = useTranslations("recordConsent");
  const zone = useTimeZone() ?? "UTC";
  const [sent, setSent] = useState<{ times: number; faults: readonly OfflineFault[] }>({
    times: 0,
    faults: [],
  });
  const form = useForm<OfflineInput>({ defaultValues: toDefaults(choices, initial) });
  const [phone, means, name] = useWatch({
    control: form.control,
    name: ["phone", "means", "name"],
  });
  const upload = useEvidenceUpload(proofByMeans[means].kind);
  const submit = (given: OfflineInput) => {
    const found = findOfflineFaults(given, upload.file);
    setSent(({ times }) => ({ times: times + 1, faults: found }));
    if (found.length > 0) return;
    upload.submit((file) => onRecord({ ...toOfflineConsent(given, zone), file }));
  };
  return (
    <form className="grid max-w-[36rem] gap-6 pt-4" onSubmit={form.handleSubmit(submit)}>
      <PhoneField typed={phone} homeRegion={homeRegion} input={form.register("phone")} />
      <RadioGroup
        legend={t("means")}
        radio={form.register("means", {
          onChange: ({ target }) => {
            const chosen = OfflineMeans.parse(target.value);
            chooseForm(form.setValue, findDefaultForm(choices, chosen));
            upload.choose(null);
          },
        })}
        choices={OfflineMeans.options.map((value) => ({
          value,
          label: t(`meansOf.${value}`),
          hint: t(`meansHint.${value}`),
        }))}
      />
      <ShownTextFields choices={choices} form={form} faults={sent.faults} />
      <WhenFields form={form} />
      <MoreFields note={t("advancedNote", { hasName: String(name.trim() !== "") })}>
        <Field label={t("name")} isOptional hint={t("nameHint")}>
          {(wired) => (
            <Input {...wired} autoComplete="off" maxLength={200} {...form.register("name")} />
          )}
        </Field>
      </MoreFields>
      <EvidenceSubmit
        upload={upload}
        wasSent={sent.times > 0}
        failure={failure}
        isBusy={isBusy}
        words={{ record: t("record"), recording: t("recording") }}
      />
      {sent.faults.length > 0 && <FirstFaultFocus key={sent.times} />}
    </form>
  );
}

function toDefaults(choices: ConsentChoices, initial: OfflineFormProps["initial"]): OfflineInput {
  const means = initial.means ?? "phone";
  return {
    name: "",
    version: 0,
    disclosures: [],
    text: "",
    language: "",
    seller: choices.sellers[0]?.key ?? "",
    purposes: [],
    channels: ["voice_live"],
    when: "now",
    at: "",
    phone: "",
    formId: findDefaultForm(choices, means),
    ...initial,
    means,
  };
}

function WhenFields({ form: { control, register } }: { form: UseFormReturn<OfflineInput> }) {
  const t = useTranslations("recordConsent");
  const zone = useTimeZone() ?? "UTC";
  const when = useWatch({ control, name: "when" });
  return (
    <>
      <RadioGroup
        legend={t("when")}
        radio={register("when")}
        choices={(["now", "earlier"] as const).map((value) => ({
          value,
          label: t(`whens.${value}`),
        }))}
      />
      {when === "earlier" && (
        <Field label={t("at")} hint={t("atHint", { zone })}>
          {(wired) => <Input {...wired} type="datetime-local" required {...register("at")} />}
        </Field>
      )}
    </>
  );
}

type RecordedOfflineProps = {
  recorded: RecordedOfflineConsents;
  purposes: ReadonlyMap<string, string>;
  onAnother: () => void;
};

/** Shows the recorded consents, whether they allow calls, and the hash of the evidence. Takes the focus. */
function RecordedOffline({ recorded, purposes, onAnother }: RecordedOfflineProps) {
  const t = useTranslations("recordConsent");
  const consent = useTranslations("consent");
  const { consents, phoneId, hash } = recorded;
  const isHeld = consents.some(({ standing }) => standing.some(({ status }) => status === "held"));
  return (
    <div className="grid max-w-[36rem] gap-4 pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus}>
        <p className="text-lg font-semibold">{t("done", { count: consents.length })}</p>
      </div>
      {isHeld && (
        <Banner tone="care" title={t("held")}>
          {t("heldBody")}
        </Banner>
      )}
      <ul className="grid gap-2">
        {consents.map(({ id, standing }) => (
          <li key={id} className="grid gap-1 border-b border-line pb-2">
            {standing.length > 0 ? (
              <Standings standing={standing} purposes={purposes} />
            ) : (
              <p>{consent("dataAlone")}</p>
            )}
            <Link href={`/consents/${id}`} prefetch={false} className="justify-self-start">
              {t("open")}
            </Link>
          </li>
        ))}
      </ul>
      {hash !== null && <FileHash hash={hash} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onAnother}>
          {t("another")}
        </Button>
        <ButtonLink href={{ pathname: `/numbers/${phoneId}` }} prefetch={false}>
          {t("toNumber")}
        </ButtonLink>
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();
