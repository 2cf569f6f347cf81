add(operators::listed_rows());
