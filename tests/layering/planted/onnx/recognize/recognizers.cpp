add(recognizers::listed_rows());
