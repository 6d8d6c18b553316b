"use client";
import { type FilePreview, type PreviewRow, previewFile } from "@ringfence/core/people/number-file";
import { say } from "@ringfence/core/platform/message";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { Dialer } from "@ringfence/core/account/organization";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { SendingFile, useUpload } from "@/components/upload/table-upload";
import { type FileHead, TableDrop, useFileHead } from "@/components/upload/table-drop";
import { Checkbox, type Choice, ChoiceField } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { PhoneText } from "@/components/people";
import { PhoneColumnTable } from "@/components/phone-column-table";

type NewScrubProps = CallChoices & { homeRegion: string };

/** Chooses a file, its format and the calls it is for. The file stays on this computer until it is sent. */
export function NewScrub({ homeRegion, ...choices }: NewScrubProps) {
  const t = useTranslations("newScrub");
  const { head, open, forget } = useFileHead();
  return (
    <>
      <TableDrop
        label={t("file")}
        hint={t("fileHint")}
        onFile={(file) => (file ? open(file) : forget())}
      />
      {head && <OpenedFile key={fileKey(head)} {...{ head, homeRegion, choices }} />}
    </>
  );
}

/** Key of a file, so that another file starts with fresh choices. */
const fileKey = ({ file }: FileHead) => `${file.name} ${file.size} ${file.lastModified}`;

type OpenedFileProps = { head: FileHead; homeRegion: string; choices: CallChoices };

function OpenedFile({ head, homeRegion, choices }: OpenedFileProps) {
  const t = useTranslations("newScrub");
  const locale = useLocale();
  const [region, setRegion] = useState(homeRegion);
  const [header, setHeader] = useState<boolean>();
  const [phoneColumn, setPhoneColumn] = useState<number>();
  const router = useRouter();
  const { progress, refused, send, stop } = useUpload((id) => router.push(`/scrubs/${id}`));
  const [call, setCall] = useState<CallSettings>({
    purpose: choices.purposes[0]?.key ?? "",
    seller: choices.sellers[0]?.key ?? "",
    dialer: "",
  });
  const preview = previewFile(head.bytes, head.isWhole, { region, header, phoneColumn });
  if ("fault" in preview) {
    return (
      <div className="pt-4">
        <Banner tone="bad" role="alert" title={say(locale, preview.fault)} />
      </div>
    );
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const phoneColumn = columnName(preview.phoneColumn ?? 0, preview.names);
    const settings = { ...call, region, header: String(preview.hasHeader), phoneColumn };
    const given = Object.entries(settings).filter(([, value]) => value !== "");
    await send(head.file, `/api/uploads/scrubs?${new URLSearchParams(given)}`);
  };
  return (
    <form className="grid gap-6 pt-5" onSubmit={submit}>
      <FilePreviewTable preview={preview} onPhoneColumn={setPhoneColumn} />
      <CallFields choices={choices} call={call} onCall={setCall} />
      <MoreFields
        note={<AdvancedNote {...{ choices, call, region }} hasHeader={preview.hasHeader} />}
      >
        <DialerField choices={choices} call={call} onCall={setCall} />
        <ReadingFields
          {...{ region, regions: choices.regions, hasHeader: preview.hasHeader }}
          onRegion={setRegion}
          onHeader={setHeader}
        />
      </MoreFields>
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      {progress === null ? (
        <div>
          <Button
            type="submit"
            look="primary"
            whyNot={preview.phoneColumn === null && t("chooseColumn")}
          >
            {t("submit")}
          </Button>
        </div>
      ) : (
        <SendingFile file={head.file} progress={progress} onStop={stop} />
      )}
    </form>
  );
}

/** Number of a column, or its name if the number is the name of another column. */
const columnName = (column: number, names: readonly string[]) =>
  (names.includes(String(column + 1)) && names[column]) || String(column + 1);

type CallChoices = {
  purposes: readonly Choice[];
  sellers: readonly Choice[];
  regions: readonly Choice[];
  /** The organization's own dialer, used if none is chosen. */
  dialer: Dialer;
};

/** `dialer` is empty for the organization's own. */
type CallSettings = { purpose: string; seller: string; dialer: string };

type CallFieldsProps = {
  choices: CallChoices;
  call: CallSettings;
  onCall: (call: CallSettings) => void;
};

/** Fields for purpose and seller. The verdict depends on both. */
function CallFields({ choices, call, onCall }: CallFieldsProps) {
  const t = useTranslations("newScrub");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <ChoiceField
        label={t("purpose")}
        hint={t("purposeHint")}
        choices={choices.purposes}
        chosen={call.purpose}
        onChoose={(purpose) => onCall({ ...call, purpose })}
      />
      <ChoiceField
        label={t("seller")}
        hint={t("sellerHint")}
        choices={choices.sellers}
        chosen={call.seller}
        onChoose={(seller) => onCall({ ...call, seller })}
      />
    </div>
  );
}

/** Field for the dialing method, if it is not the organization's own. */
function DialerField({ choices, call, onCall }: CallFieldsProps) {
  const t = useTranslations("newScrub");
  const dialers = useTranslations("dialers");
  return (
    <ChoiceField
      label={t("dialer")}
      hint={t("dialerHint")}
      choices={[
        { key: "", name: t("ownDialer", { dialer: dialers(choices.dialer) }) },
        ...Dialer.options.map((key) => ({ key, name: dialers(key) })),
      ]}
      chosen={call.dialer}
      onChoose={(dialer) => onCall({ ...call, dialer })}
    />
  );
}

type AdvancedNoteProps = Omit<CallFieldsProps, "onCall"> & { region: string; hasHeader: boolean };

/** Says how numbers are dialed and how the file is read. */
function AdvancedNote({ choices, call, region, hasHeader }: AdvancedNoteProps) {
  const t = useTranslations("newScrub");
  const dialers = useTranslations("dialers");
  return t("advancedNote", {
    dialer: dialers(Dialer.safeParse(call.dialer).data ?? choices.dialer),
    region: choices.regions.find(({ key }) => key === region)?.name ?? region,
    hasHeader: String(hasHeader),
  });
}

type ReadingFieldsProps = {
  region: string;
  regions: readonly Choice[];
  hasHeader: boolean;
  onRegion: (region: string) => void;
  onHeader: (hasHeader: boolean) => void;
};

/** Fields for the format of the rows. The preview follows at once. */
function ReadingFields({ region, regions, hasHeader, onRegion, onHeader }: ReadingFieldsProps) {
  const t = useTranslations("newScrub");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <ChoiceField
        label={t("region")}
        hint={t("regionHint")}
        choices={regions}
        chosen={region}
        onChoose={onRegion}
      />
      <div className="sm:pt-6">
        <Checkbox
          label={t("header")}
          hint={t("headerHint")}
          checked={hasHeader}
          onChange={({ currentTarget }) => onHeader(currentTarget.checked)}
        />
      </div>
    </div>
  );
}

type FilePreviewProps = {
  preview: FilePreview;
  onPhoneColumn: (column: number) => void;
};

/** Shows the first rows of the file, and in the phone column how each number is read. */
function FilePreviewTable({ preview, onPhoneColumn }: FilePreviewProps) {
  const t = useTranslations("newScrub");
  const { names, columns, phoneColumn, rows } = preview;
  const shown = Math.max(names.length, ...rows.map(({ cells }) => cells.length));
  const numbers = rows.filter(({ reading }) => reading !== null && "phone" in reading).length;
  return (
    <fieldset>
      <legend className="sr-only">{t("whichColumn")}</legend>
      <PhoneColumnTable
        caption={t("preview")}
        columns={Array.from({ length: shown }, (_, index) => ({
          index,
          isPhone: index === phoneColumn,
          input: (
            <input
              type="radio"
              name="phoneColumn"
              checked={index === phoneColumn}
              onChange={() => onPhoneColumn(index)}
            />
          ),
          name: names[index] || t("column", { number: index + 1 }),
        }))}
        rows={rows.map(({ cells, reading }) => (column) => (
          <>
            {cells[column]}
            {column === phoneColumn && <Reading reading={reading} />}
          </>
        ))}
      />
      <p className="pt-2 text-sm text-muted">
        {columns > shown ? t("moreColumns", { count: columns - shown }) : t("firstRows")}{" "}
        {phoneColumn !== null && t("numbersRead", { read: numbers, rows: rows.length })}
      </p>
    </fieldset>
  );
}

/** Shows the number as it was read, or why it is not a number. */
function Reading({ reading }: Pick<PreviewRow, "reading">) {
  const locale = useLocale();
  if (reading === null) return null;
  return "phone" in reading ? (
    <span className="block text-muted">
      <PhoneText phone={reading.phone} />
    </span>
  ) : (
    <span className="block max-w-72 text-refuse">{say(locale, reading.fault)}</span>
  );
}
