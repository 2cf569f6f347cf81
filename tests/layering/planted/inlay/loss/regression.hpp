#pragma once
float four(float x) { return _mm_cvtss_f32(_mm_set1_ps(x)); } // planted
