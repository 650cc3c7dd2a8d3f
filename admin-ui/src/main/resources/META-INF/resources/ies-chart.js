// SPDX-License-Identifier: EUPL-1.2
// <ies-chart>: draws the ECharts option it is given, again when its size changes, and lets go of everything when it leaves the page.
import './echarts.min.js';

const COMMON = {
  animation: false,
  grid: {left: 8, right: 12, top: 32, bottom: 8, containLabel: true},
  tooltip: {trigger: 'axis'},
  textStyle: {fontFamily: 'inherit'},
};

// Figures as the page writes them, in its language.
function inLanguageOfPage(option) {
  const language = document.documentElement.lang;
  const axis = new Intl.NumberFormat(language, {useGrouping: 'always', maximumFractionDigits: 2});
  const exact = new Intl.NumberFormat(language, {useGrouping: 'always', minimumFractionDigits: 2, maximumFractionDigits: 2});
  return {
    ...COMMON,
    ...option,
    yAxis: {...option.yAxis, axisLabel: {formatter: value => axis.format(value)}},
    tooltip: {...COMMON.tooltip, valueFormatter: value => `${exact.format(value)} ${option.yAxis.name}`},
  };
}

class IesChart extends HTMLElement {
  #chart;
  #observer;
  #option;

  connectedCallback() {
    this.#chart = window.echarts.init(this, null, {renderer: 'svg'});
    this.#observer = new ResizeObserver(() => this.#chart.resize());
    this.#observer.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    this.#chart.dispose();
    this.#chart = undefined;
  }

  // The page may set the option before this script has come.
  constructor() {
    super();
    if (Object.hasOwn(this, 'option')) {
      const option = this.option;
      delete this.option;
      this.option = option;
    }
  }

  get option() {
    return this.#option;
  }

  set option(option) {
    this.#option = option;
    this.#draw();
  }

  #draw() {
    if (this.#chart && this.#option) {
      this.#chart.setOption(inLanguageOfPage(this.#option));
    }
  }
}

customElements.define('ies-chart', IesChart);
