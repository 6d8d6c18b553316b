"use client";
import type { FoundRecord } from "@ringfence/services/desk/search";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, startTransition, useEffect, useId, useState } from "react";
import { RecordKind } from "@ringfence/core/desk/search";
import { z } from "zod";
import { Button } from "@/components/buttons";
import { useTRPCClient } from "@/trpc/client";

/** A page that the search offers. */
export type SearchPage = { href: Route; label: string; area: string };

type SearchProps = {
  pages: readonly SearchPage[];
  /** Pages of the role's own, shown before anything is typed. */
  ownPages: readonly SearchPage[];
  /** Opens the page of a number, which is sent in the request body. */
  askNumber: (given: FormData) => Promise<void>;
};

type Option = { id: string; title: string; note: string; open: () => void };
type OptionGroup = {
  key: "numbers" | "records" | "pages";
  title: string;
  options: readonly Option[];
};

const MAX_PAGES = 6;
const PAUSE_MS = 200;

const dialogElement = () => document.querySelector<HTMLDialogElement>("#search");

/** Opens the search on any page. */
export function openSearch() {
  document.querySelector<HTMLElement>("#nav:popover-open")?.hidePopover();
  const dialog = dialogElement();
  if (dialog && !dialog.open) dialog.showModal();
}

const close = () => dialogElement()?.close();

/** Field in the side column that opens the search, as Ctrl K and ⌘ K do. */
export function SearchField() {
  const t = useTranslations("shell.search");
  return (
    <button
      type="button"
      className="seek"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={openSearch}
    >
      <span aria-hidden>{t("field")}</span>
      <span className="sr-only">{t("label")}</span>
      <kbd aria-hidden>{t("keys")}</kbd>
    </button>
  );
}

/**
 * Numbers, records and pages that the member may open. Digits find numbers first, words find pages first.
 * It never says whether a number may be called: the page of the number does, after a new screening.
 */
export function SearchDialog(props: SearchProps) {
  const t = useTranslations("shell.search");
  const [text, setText] = useState("");
  useShortcut();
  return (
    <dialog
      id="search"
      className="palette"
      aria-label={t("label")}
      closedby="any"
      onClose={() => setText("")}
    >
      <Palette {...props} text={text} onText={setText} />
    </dialog>
  );
}

function useShortcut() {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      openSearch();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

type PaletteProps = SearchProps & { text: string; onText: (text: string) => void };

function Palette({ text, onText, ...props }: PaletteProps) {
  const t = useTranslations("shell.search");
  const id = useId();
  const { groups, isReading, hasFailed } = useOptions(text.trim(), props, id);
  const options = groups.flatMap((group) => group.options);
  const [chosen, setChosen] = useState(0);
  const current = options[Math.min(chosen, options.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      const next = (Math.min(chosen, options.length - 1) + step + options.length) % options.length;
      setChosen(next);
      document.getElementById(options[next]?.id ?? "")?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      current?.open();
    }
  };

  return (
    <>
      <div className="ask-row">
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever opens the search wants to type
          autoFocus
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-found`}
          aria-autocomplete="list"
          aria-activedescendant={current?.id}
          aria-label={t("placeholder")}
          autoComplete="off"
          maxLength={200}
          placeholder={t("placeholder")}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            onText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Button size="small" look="quiet" onClick={close}>
          {t("close")}
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot show two lines and groups */}
      <div className="found" id={`${id}-found`} role="listbox" aria-label={t("results")}>
        {groups.map(({ key, title, options: found }) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of a listbox
          <div key={key} role="group" aria-label={title}>
            <h3 role="presentation">{title}</h3>
            {found.map((option) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
              <div
                key={option.id}
                id={option.id}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of the listbox above
                role="option"
                tabIndex={-1}
                aria-selected={option === current}
                onClick={option.open}
              >
                <span>{option.title}</span>
                <small>{option.note}</small>
              </div>
            ))}
          </div>
        ))}
      </div>
      <output className="none">
        {hasFailed && t("failed")}
        {!hasFailed && options.length === 0 && (isReading ? t("searching") : t("nothing"))}
      </output>
      <Hints />
    </>
  );
}

function Hints() {
  const t = useTranslations("shell.search");
  return (
    <p className="hints" aria-hidden>
      <span>
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t("choose")}
      </span>
      <span>
        <kbd>{t("enter")}</kbd> {t("goTo")}
      </span>
      <span>
        <kbd>{t("escape")}</kbd> {t("close")}
      </span>
    </p>
  );
}

/** Lists what a text finds, in display order. Without a text: recent records and the role's own pages. */
function useOptions(text: string, { pages, ownPages, askNumber }: SearchProps, id: string) {
  const t = useTranslations("shell.search");
  const router = useRouter();
  const pause = usePaused(text);
  const { data, isPending, isError } = useFound(pause);
  const isCurrent = pause === text;
  const found = text.length > 1 && isCurrent ? data : undefined;

  const go = (href: Route) => {
    close();
    router.push(href);
  };
  const openNumber = () => {
    const given = new FormData();
    given.set("number", text);
    close();
    startTransition(() => askNumber(given));
  };
  const record = (one: FoundRecord, index: number): Option => ({
    id: `${id}-record-${index}`,
    title: one.title,
    note: t(`kinds.${one.kind}`),
    open: () => {
      saveRecent(one);
      const page = pagesOfKinds[one.kind];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each of these pages has a page per id
      go((one.kind === "api-key" ? page : `${page}/${one.id}`) as Route);
    },
  });
  const words = text.toLowerCase();
  const shownPages =
    text === "" ? ownPages : pages.filter(({ label }) => label.toLowerCase().includes(words));

  const numbers: OptionGroup = {
    key: "numbers",
    title: t("numbers"),
    options: found?.number
      ? [{ id: `${id}-number`, title: t("check"), note: found.number, open: openNumber }]
      : [],
  };
  const records: OptionGroup = {
    key: "records",
    title: text === "" ? t("recent") : t("records"),
    options: (text === "" ? readRecent() : (found?.records ?? [])).map(record),
  };
  const ofPages: OptionGroup = {
    key: "pages",
    title: t("pages"),
    options: shownPages.slice(0, MAX_PAGES).map(({ href, label, area }) => ({
      id: `${id}-page-${href}`,
      title: label,
      note: area,
      open: () => go(href),
    })),
  };
  const groups =
    text !== "" && !/\d{3}/.test(text.replaceAll(/\D/g, ""))
      ? [ofPages, records, numbers]
      : [numbers, records, ofPages];
  return {
    groups: groups.filter(({ options }) => options.length > 0),
    isReading: text.length > 1 && (!isCurrent || isPending),
    hasFailed: isCurrent && isError,
  };
}

/** Returns the text once nothing has been typed for a moment. */
function usePaused(text: string) {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

function useFound(text: string) {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ["search", text],
    queryFn: ({ signal }) => client.search.find.mutate({ text }, { signal }),
    enabled: text.length > 1,
    gcTime: 0,
  });
}

/** Path of each kind's page. A record's page adds its id. */
const pagesOfKinds: Record<FoundRecord["kind"], string> = {
  contact: "/contacts",
  "opt-out": "/opt-outs",
  segment: "/segments",
  campaign: "/campaigns",
  offer: "/offers",
  "capture-form": "/forms",
  member: "/members",
  "api-key": "/keys",
  complaint: "/complaints",
  screening: "/screenings",
  violation: "/violations",
  registry: "/registries",
};

const KEY = "search.recent";
const MAX_RECENT = 5;

const Recent = z.array(z.object({ kind: RecordKind, id: z.string(), title: z.string() }));

/**
 * Kinds whose titles say nothing about a person, so that the browser may keep them until the tab is
 * closed.
 */
const keptKinds: ReadonlySet<RecordKind> = new Set([
  "segment",
  "campaign",
  "offer",
  "capture-form",
  "registry",
]);

/** Reads the records that were opened last in this tab, latest first. */
function readRecent(): FoundRecord[] {
  if (typeof window === "undefined") return [];
  try {
    return Recent.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? "[]")).data ?? [];
  } catch {
    return [];
  }
}

/** Remembers a record that was opened from the search, unless it is about a person. */
function saveRecent(record: FoundRecord) {
  if (!keptKinds.has(record.kind)) return;
  const others = readRecent().filter(({ id }) => id !== record.id);
  sessionStorage.setItem(KEY, JSON.stringify([record, ...others].slice(0, MAX_RECENT)));
}
