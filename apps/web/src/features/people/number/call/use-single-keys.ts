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
      const isMeant = !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
      if (isMeant && act(event.code)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, act]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
