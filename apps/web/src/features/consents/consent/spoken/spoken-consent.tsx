"use client";
import { CaptureFormId } from "@ringfence/core/ids";
import { type Locale, say } from "@ringfence/core/platform/message";
import type { CaptureFormView } from "@ringfence/services/consents/capture-form";
import type { RecordedOfflineConsents } from "@ringfence/services/consents/consent";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ChoiceField, Field, Input } from "@/components/fields";
import { KeyCap, takeFocus, useSingleKeys } from "@/components/single-keys";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { AskedTextBoxes, type ConsentChoices } from "../record-offline/shown-text-fields";

type SpokenConsentProps = {
  /** E.164. */
  phone: string;
  /** The forms are published phone scripts that are not closed. */
  choices: ConsentChoices;
  /** The first of them, loaded with the page, so that its texts are there as soon as the form opens. */
  script: CaptureFormView;
  /** Language of the person on the line. */
  locale: Locale;
  hasKeys: boolean;
  /** True if the person has opted out of such calls: the consent is then held. */
  isRefused: boolean;
};

/** The agent reads the script, ticks what the person agrees to, records it, and reads back what is on record. */
export function SpokenConsent({ phone, locale, ...formProps }: SpokenConsentProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const record = useMutation(
    trpc.consent.recordOffline.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: trpc.phone.pathKey() }),
    }),
  );
  return record.data ? (
    <ReadBack recorded={record.data} choices={formProps.choices} locale={locale} />
  ) : (
    <ScriptForm
      {...formProps}
      failure={record.error?.message ?? null}
      isBusy={record.isPending}
      onAgreed={(agreed) => record.mutate({ phone, means: "phone", ...agreed })}
    />
  );
}

type Agreed = {
  asked: { form: string; version: number; disclosures: string[] };
  /** Name of the recording in the phone system. */
  recording: string;
};

type ScriptFormProps = Pick<SpokenConsentProps, "choices" | "script" | "hasKeys" | "isRefused"> & {
  failure: string | null;
  isBusy: boolean;
  onAgreed: (agreed: Agreed) => void;
};

/** The texts to read out, each ticked by its digit, and the name of the recording. */
function ScriptForm(props: ScriptFormProps) {
  const { choices, script, hasKeys, isRefused, failure, isBusy, onAgreed } = props;
  const t = useTranslations("call.agreement");
  const { formId, latest, error, ticked, setTicked, choose } = useScript(script);
  const [wasSent, setWasSent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useSingleKeys(hasKeys, (code) => {
    const text = latest?.disclosures[Number(/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]) - 1];
    // A page that has several forms hides the others.
    if (text === undefined || form.current?.closest("[hidden]") !== null) return false;
    setTicked(toggle(ticked, text.id));
    return true;
  });
  const send = (data: FormData) => {
    setWasSent(true);
    if (latest === undefined || ticked.length === 0 || isBusy) return;
    const asked = { form: formId, version: latest.version, disclosures: [...ticked] };
    onAgreed({ asked, recording: typedText(data, "recording") });
  };
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      {isRefused && (
        <Banner tone="care" title={t("refused")}>
          {t("refusedBody")}
        </Banner>
      )}
      {choices.forms.length > 1 && (
        <ChoiceField
          label={t("script")}
          choices={choices.forms.map(({ id, name }) => ({ key: id, name }))}
          chosen={formId}
          onChoose={choose}
        />
      )}
      {error !== null && <Banner tone="bad" role="alert" title={error} />}
      {latest && (
        <AskedTextBoxes
          texts={latest.disclosures}
          agreed={ticked}
          choices={choices}
          isFault={wasSent && ticked.length === 0}
          hasKeys={hasKeys}
          onAgreed={setTicked}
        />
      )}
      <Field label={t("recording")} hint={t("recordingHint")}>
        {(wired) => (
          <Input {...wired} name="recording" required maxLength={200} autoComplete="off" />
        )}
      </Field>
      {failure !== null && <Banner tone="bad" role="alert" title={failure} />}
      <div>
        {/* Stays enabled while it records, because a disabled button loses the focus. */}
        <Button type="submit" look="primary">
          {t(isBusy ? "recordingNow" : "record")} <KeyCap name="Enter" isOnButton />
        </Button>
      </div>
    </form>
  );
}

/** The chosen script in its latest version, and which of its texts are ticked. */
function useScript(first: CaptureFormView) {
  const trpc = useTRPC();
  const [formId, setFormId] = useState<string>(first.id);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const isFirst = formId === first.id;
  const { data, error } = useQuery(
    trpc.captureForm.read.queryOptions(
      { formId: CaptureFormId.parse(formId) },
      { enabled: !isFirst },
    ),
  );
  const choose = (id: string) => {
    setFormId(id);
    setTicked([]);
  };
  const latest = (isFirst ? first : data)?.versions[0];
  return { formId, latest, error: error?.message ?? null, ticked, setTicked, choose };
}

const toggle = (ids: readonly string[], id: string) =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];

type ReadBackProps = {
  recorded: RecordedOfflineConsents;
  choices: ConsentChoices;
  locale: Locale;
};

/** Shows what is on record, in words to read to the person. */
function ReadBack({ recorded: { consents }, choices, locale }: ReadBackProps) {
  const t = useTranslations("call.agreement");
  const list = new Intl.ListFormat(locale);
  const isHeld = consents.some(({ standing }) => standing.some(({ status }) => status === "held"));
  const nameSeller = (id: string) => choices.sellers.find((one) => one.id === id)?.name ?? "";
  const namePurpose = (key: string) => choices.purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <div className="grid gap-3">
      <output tabIndex={-1} ref={takeFocus} className="font-semibold">
        {t("done", { count: consents.length })}
      </output>
      {isHeld && (
        <Banner tone="care" title={t("held")}>
          {t("heldBody")}
        </Banner>
      )}
      <p className="text-muted">{t("readBack")}</p>
      <div lang={locale} className="grid gap-2.5 border-l-[3px] border-ink pl-3.5 text-lg">
        {consents.map(({ id, sellerId, purposes, channels }) => (
          <p key={id}>
            {say(locale, {
              key: "consent.read-back",
              values: {
                seller: nameSeller(sellerId),
                // Without a purpose, it is a consent to the processing of data.
                isData: String(purposes.length === 0),
                purposes: list.format(purposes.map(namePurpose)),
                channels: list.format(
                  channels.map((channel) =>
                    say(locale, { key: "consent.spoken-channel", values: { channel } }),
                  ),
                ),
              },
            })}
          </p>
        ))}
        <p>{say(locale, { key: "consent.right-to-withdraw" })}</p>
      </div>
    </div>
  );
}
