"use client";
import { useEffect } from "react";

/**
 * Handles single keys wherever the focus is, except in text fields. Keys are identified by position, so
 * that they are the same in every layout. Members can switch them off (WCAG 2.1.4). `act` returns whether
 * it handled the key.
 */
export function useSingleKeys(isOn: boolean, act: (code: string) => boolean) {
  // The keyboard of the browser is outside of React.
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      const isShortcut =
        !event.metaKey &&
        !event.ctrlKey &&
        !event.altKey &&
        !event.repeat &&
        !isTyping(event.target);
      if (isShortcut && act(event.code)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, act]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

/** Handles Escape, in text fields too. It writes no character, so it cannot be switched off. */
export function useEscape(isOn: boolean, act: () => void) {
  // The keyboard of the browser is outside of React.
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) act();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, act]);
}

type KeyCapProps = { name: string; isOnButton?: boolean };

/** Shows a keyboard shortcut as a key cap. */
export const KeyCap = ({ name, isOnButton = false }: KeyCapProps) => (
  <kbd className={isOnButton ? "border-current bg-transparent text-current" : undefined}>
    {name}
  </kbd>
);

/** Moves the focus to what has just appeared, so that it is announced and the next key starts there. */
export const takeFocus = (element: HTMLElement | null) => element?.focus();
