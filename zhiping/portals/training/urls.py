"""URLs of the training bodies' portal: one line per part."""

from django.urls import include, path

app_name = "training"
urlpatterns = [
    path("courses/", include("zhiping.portals.training.courses.urls")),
    path("classes/", include("zhiping.portals.training.classes.urls")),
    path("batches/", include("zhiping.portals.training.batches.urls")),
]
