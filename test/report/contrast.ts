import type { Page } from 'playwright-core';

/** Least contrast of WCAG 2.1, 1.4.3, for text of normal size. */
const AA = 4.5;

interface Look {
  readonly text: string;
  readonly color: string;
  readonly background: string;
}

/** Texts of a page that have less contrast than WCAG AA asks for, in the colours that Chromium gives them. */
export async function tooPale(page: Page): Promise<string[]> {
  const looks = (await page.evaluate(LOOKS)) as Look[];
  return looks.flatMap(({ text, color, background }) => {
    const ratio = contrast(channels(color), channels(background));
    return ratio < AA ? [`${text}: ${color} on ${background} is ${ratio.toFixed(2)}`] : [];
  });
}

/** Every pair of colours that text and what lies behind it have on the page, with an example. */
const LOOKS = `(() => {
  const looks = new Map();
  const transparent = 'rgba(0, 0, 0, 0)';
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].find((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!own || element.closest('script, title, defs') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const color = element instanceof SVGElement ? style.fill : style.color;
    let background = 'rgb(255, 255, 255)';
    for (let up = element; up; up = up.parentElement) {
      const behind = getComputedStyle(up).backgroundColor;
      if (behind === transparent) continue;
      background = behind;
      break;
    }
    looks.set(color + background, { text: own.data.trim().slice(0, 40), color, background });
  }
  return [...looks.values()];
})()`;

function channels(color: string): number[] {
  return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/** Contrast ratio as WCAG 2.1 defines it. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb
    .map((channel) => channel / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
