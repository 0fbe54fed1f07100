import TwoslashFloatingVue from '@shikijs/vitepress-twoslash/client'
import '@shikijs/vitepress-twoslash/style.css'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'
import CodeExercise from '../course/CodeExercise.vue'
import CoursePages from '../course/CoursePages.vue'
import NumberQuestion from '../course/NumberQuestion.vue'
import HeroCard from './HeroCard.vue'
import { reachHoversByKeys } from './keyboard-hovers.js'
import LayerBars from './LayerBars.vue'
import OnnxDemo from './OnnxDemo.vue'
import SlidingWindow from './SlidingWindow.vue'
import { joinCaretsWithHeadings } from './sidebar-carets.js'
import './style.css'

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(HeroCard) }),
  enhanceApp: ({ app }) => {
    app.use(TwoslashFloatingVue)
    if (typeof document !== 'undefined') {
      reachHoversByKeys()
      joinCaretsWithHeadings()
    }
    app.component('SlidingWindow', SlidingWindow)
    app.component('LayerBars', LayerBars)
    app.component('OnnxDemo', OnnxDemo)
    app.component('CoursePages', CoursePages)
    app.component('NumberQuestion', NumberQuestion)
    app.component('CodeExercise', CodeExercise)
  },
} satisfies Theme
