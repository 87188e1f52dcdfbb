import type { ComponentChildren } from 'preact';

/** A region that scrolls sideways where the screen is too narrow: reachable by keyboard, or nobody could scroll it. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, a scrollable region has to take the focus
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
